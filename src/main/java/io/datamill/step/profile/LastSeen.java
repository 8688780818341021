package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The latest time of a field before this event; null at the first.
 *
 * @param schema the field's own, nullable
 */
record LastSeen(String name, int field, Schema schema) implements Feature {

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        Long now = (Long) event.values()[field];
        if (longs.size == 0) {
            if (now != null) {
                longs.insert(0, 1);
                longs.values[0] = now;
            }
            return null;
        }
        Long before = longs.values[0];
        if (now != null && now > before) {
            longs.values[0] = now;
        }
        return before;
    }
}
