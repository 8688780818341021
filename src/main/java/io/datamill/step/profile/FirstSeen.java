package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The earliest time of a field so far, this event included; null where no event had one. 8 bytes.
 *
 * @param schema the field's own
 */
record FirstSeen(String name, int field, Schema schema) implements Feature {
    @Override
    public Object value(long[] held, Event event) {
        Long now = (Long) event.values()[field];
        if (held == null) {
            return now;
        }
        return now == null ? (Long) held[0] : (Long) Math.min(held[0], now);
    }

    @Override
    public long[] updated(long[] held, Event event) {
        Long now = (Long) event.values()[field];
        if (now == null || (held != null && held[0] <= now)) {
            return held;
        }
        return new long[] {now};
    }
}
