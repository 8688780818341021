package io.datamill.step.profile;

import io.datamill.event.Event;
import java.io.Serializable;
import org.apache.avro.Schema;

/** One number about a key, and the longs it is made of. */
interface Feature extends Serializable {

    /** Names its part of the state: the same text means the same, however it was written. */
    String name();

    /** Of its value. */
    Schema schema();

    /**
     * The feature for this event, this event included.
     *
     * @param held null where nothing is held yet
     */
    Object value(long[] held, Event event);

    /**
     * What is held after this event.
     *
     * @param held may be changed and returned; null where nothing is held yet
     */
    long[] updated(long[] held, Event event);
}
