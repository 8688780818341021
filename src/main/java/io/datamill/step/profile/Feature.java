package io.datamill.step.profile;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.KeyedStep;
import java.io.Serializable;
import org.apache.avro.Schema;

/** One value about a key, and what it is made of. */
interface Feature extends Serializable {

    /** Names its part of the state: the same text means the same, however it was written. */
    String name();

    /** Of its value. */
    Schema schema();

    /** Called once per subtask before the first event. */
    default void open(KeyedStep.Context context) {}

    /**
     * Called for each event before any feature takes it.
     *
     * @throws RejectedEventException if it cannot be taken
     */
    default void check(Event event) throws RejectedEventException {}

    /** For a key of which nothing is held. */
    default Held start() {
        return new Longs();
    }

    /**
     * Takes an event in.
     *
     * @param held what {@link #start} gave for this key, or what has become of it
     * @return the value for this event
     */
    Object take(Held held, Event event) throws Exception;
}
