package io.datamill.step;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;

/** A step that remembers something for each key. It is an operator of its own. */
public interface KeyedStep extends Step {

    /** The step's {@code id} in the YAML, which its operator's uid is made of; never its position. */
    String id();

    /** The fields, besides the tenant, whose values select the state; empty: any key that holds an event's copies together. */
    List<String> key();

    /** Takes the handles of its state; called once per subtask before the first event. */
    void open(Context context) throws Exception;

    /**
     * The state found is that of {@code event.key()}.
     *
     * @return the event with the values of the planned output schema; null drops it, counted as {@link #dropped} says
     *     at that moment
     */
    Event apply(Event event) throws Exception, RejectedEventException;

    /**
     * The watermark has passed a time this key asked for.
     *
     * @param time milliseconds since the epoch
     */
    default void onTimer(long time) throws Exception {}

    /** What a keyed step gets from the operator it runs in. */
    interface Context {
        KeyedStateStore state();

        /** Asks for {@link #onTimer} under the current key once the watermark passes {@code time}; asking twice is asking once. */
        void registerTimer(long time);

        /**
         * Gives an event of the step's own making, as of a window that has ended; it is counted in.
         */
        void emit(Event event);

        /** Milliseconds since the epoch; {@link Long#MIN_VALUE} before the first. */
        long watermark();
    }
}
