package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The earliest time of a field so far, this event included; null where no event had one.
 *
 * @param schema the field's own
 */
record FirstSeen(String name, int field, Schema schema) implements Feature {

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        Long now = (Long) event.values()[field];
        if (longs.size == 0) {
            if (now != null) {
                longs.insert(0, 1);
                longs.values[0] = now;
            }
            return now;
        }
        if (now != null && now < longs.values[0]) {
            longs.values[0] = now;
        }
        return longs.values[0];
    }
}
