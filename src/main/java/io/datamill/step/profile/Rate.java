package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * How the number of events of a window, this one included, has changed against the window before it: {@code (now -
 * before) / (now + before)}. It is 1 where there were none before, 0 where there were as many, and above -1, since this
 * event is one.
 *
 * @param slots of both windows
 */
record Rate(String name, Slots slots) implements Feature {

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.DOUBLE);
    }

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        long since = slot - slots.window() / 2;
        long now = 1;
        long before = 0;
        for (int i = slots.upTo(slot, longs); slots.holds(slot, i, longs); i--) {
            long first = longs.values[i];
            if (Slots.slot(first) > since) {
                now += Slots.count(first);
            } else {
                before += Slots.count(first);
            }
        }
        slots.counted(slot, longs);
        return (now - before) / (double) (now + before);
    }
}
