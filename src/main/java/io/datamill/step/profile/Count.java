package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/** How many events in a window, this one included. */
record Count(String name, Slots slots) implements Feature {

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        long total = 1;
        for (int i = slots.upTo(slot, longs); slots.holds(slot, i, longs); i--) {
            total += Slots.count(longs.values[i]);
        }
        slots.counted(slot, longs);
        return total;
    }
}
