package io.datamill.step.profile;

import io.datamill.event.Event;
import java.io.Serializable;

/**
 * What is held by slots of time. A slot is a few longs: its number and how many values it has had in the first, then
 * what the feature keeps; slots start at multiples of their length since the epoch.
 *
 * <p>Held are the latest slots that any event fell into, in order, at most those of the window and {@value #SPARE} more.
 * So an event up to {@value #SPARE} slots late counts where it belongs and gets the exact number; a later one misses
 * what was forgotten, and is itself forgotten where everything held is newer. One event of a wrong future time takes
 * one place and evicts nothing else, which a ring that turns with the latest time would.
 *
 * @param millis the length of a slot
 * @param window how many make up the window: that of the event and those before it
 * @param width how many longs a slot has
 */
record Slots(long millis, int window, int width) implements Serializable {
    static final int SPARE = 15;

    /** 2^34 values of a slot; 2^29 minutes reach to the year 2990. */
    private static final int COUNT_BITS = 34;

    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    /** The slot an event belongs to. */
    long of(Event event) {
        return Math.floorDiv(event.header().time(), millis);
    }

    /** The slot of a first long. */
    static long slot(long first) {
        return first >> COUNT_BITS;
    }

    /** The number of values of a first long. */
    static long count(long first) {
        return first & COUNT_MASK;
    }

    /** Where the latest slot up to this one is held; {@code -width} where there is none. */
    int upTo(long slot, Longs held) {
        int at = held.size - width;
        while (at >= 0 && slot(held.values[at]) > slot) {
            at -= width;
        }
        return at;
    }

    /** Whether a place is that of a slot of the window that ends with {@code slot}; places before it are older. */
    boolean holds(long slot, int at, Longs held) {
        return at >= 0 && slot(held.values[at]) > slot - window;
    }

    /**
     * Counts one value more.
     *
     * @return the slot's place, in a new one all else is 0; -1 where it is forgotten
     */
    int counted(long slot, Longs held) {
        int at = upTo(slot, held);
        if (at >= 0 && slot(held.values[at]) == slot) {
            held.values[at] += count(held.values[at]) == COUNT_MASK ? 0 : 1;
            return at;
        }
        if (held.size < (window + SPARE) * width) {
            at += width;
            held.insert(at, width);
        } else if (at >= 0) { // Full: the oldest makes room.
            held.replaceFirst(width, at + width);
        } else {
            return -1;
        }
        held.values[at] = (slot << COUNT_BITS) | 1;
        return at;
    }
}
