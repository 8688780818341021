package io.datamill.step;

import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.RejectedEventException;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A step that brings the events of another input to those of the stream it stands in, under a common key. What it makes
 * of several events goes through {@link KeyedStep.Context#emit}.
 */
public interface JoinStep extends Step {

    /** The step's {@code id} in the YAML, which its operator's uid is made of. */
    String id();

    /** The name of the other input. */
    String input();

    /** The fields of the stream, besides the tenant, that the key is made of. */
    List<String> key();

    /** The fields of the other input, in the order of {@link #key}. */
    List<String> inputKey();

    @Override
    default Fate dropped() {
        return Fate.ABSORBED;
    }

    /** The schemas of the stream before the step, and of the other input: for what is kept in state. */
    void open(KeyedStep.Context context, Schema stream, Schema input) throws Exception;

    /**
     * An event of the stream; the state found is that of its key.
     *
     * @return the event as it goes on; null where it is absorbed
     */
    Event applyStream(Event event) throws Exception, RejectedEventException;

    /** An event of the other input. */
    void applyInput(Event event) throws Exception, RejectedEventException;

    /** The watermark has passed a time this key asked for, milliseconds since the epoch. */
    void onTimer(long time) throws Exception;

    /** The options of a join, which name the input that is joined and so not part of the stream. */
    interface Config extends StepConfig {
        /** Null where none is joined: the step is of another kind then. */
        String input();
    }
}
