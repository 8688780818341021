package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The latest time of a field before this event; null at the first. 8 bytes.
 *
 * @param schema the field's own, nullable
 */
record LastSeen(String name, int field, Schema schema) implements Feature {
    @Override
    public Object value(long[] held, Event event) {
        return held == null ? null : (Long) held[0];
    }

    @Override
    public long[] updated(long[] held, Event event) {
        Long now = (Long) event.values()[field];
        if (now == null || (held != null && held[0] >= now)) {
            return held;
        }
        return new long[] {now};
    }
}
