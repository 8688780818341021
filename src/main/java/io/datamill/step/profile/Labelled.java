package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * How many events of a window are labelled so, by the times of those events, this one's own label not included. Held are
 * the latest {@value #HELD} of them.
 */
record Labelled(String name, String label, Slots slots) implements Feature {
    static final int HELD = 100;

    /** The time of the labelled event, and its id's hash. */
    static final int WIDTH = 2;

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        long own = longs.size == 0 ? 0 : ProfileState.id(event.header().id());
        long total = 0;
        for (int i = 0; i < longs.size; i += WIDTH) {
            long other = Math.floorDiv(longs.values[i], slots.millis());
            total += other <= slot && other > slot - slots.window() && longs.values[i + 1] != own ? 1 : 0;
        }
        return total;
    }

    /** An event has been labelled, in the place of what it was labelled before. */
    void label(Longs held, long id, long time, String given) {
        for (int i = held.size - WIDTH; i >= 0; i -= WIDTH) {
            if (held.values[i + 1] == id) {
                held.remove(i, WIDTH);
            }
        }
        if (!given.equals(label)) {
            return;
        }
        int at = held.size;
        while (at > 0 && held.values[at - WIDTH] > time) {
            at -= WIDTH;
        }
        held.insert(at, WIDTH);
        held.values[at] = time;
        held.values[at + 1] = id;
        if (held.size > HELD * WIDTH) {
            held.remove(0, WIDTH);
        }
    }
}
