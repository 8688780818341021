package io.datamill.step.profile;

import io.datamill.event.Event;
import java.time.Duration;
import java.util.Arrays;
import org.apache.avro.Schema;

/**
 * How many events in the slot of this one and the slots before it that make up the window. A window of up to 1 hour has
 * slots of 1 minute, up to 1 day of 1 hour, above of 1 day; slots start at multiples of their length since the epoch.
 *
 * <p>Held are the latest slots that any event fell into, in order, at most those of the window and {@value #SPARE} more,
 * 8 bytes each: slot number above, count below. So an event up to {@value #SPARE} slots late counts where it belongs
 * and gets the exact number; a later one misses what was forgotten, and is itself forgotten where everything held is
 * newer. One event of a wrong future time takes one place and evicts nothing else, which a ring that turns with the
 * latest time would.
 */
record Count(String name, long slotMillis, int slots) implements Feature {
    static final int SPARE = 15;

    /** 2^34 events of a slot; 2^29 minutes reach to the year 2990. */
    private static final int COUNT_BITS = 34;

    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(90);

    /** @throws IllegalArgumentException saying what the window may be */
    static Count over(Duration window) {
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a window of 5m to 90d");
        }
        Duration slot = slot(window);
        if (window.toMillis() % slot.toMillis() != 0) {
            throw new IllegalArgumentException(
                    slot.equals(Duration.ofDays(1))
                            ? "a window above 1 day is counted in whole days"
                            : "a window above 1 hour is counted in whole hours");
        }
        return new Count("count(" + window + ")", slot.toMillis(), (int) window.dividedBy(slot));
    }

    private static Duration slot(Duration window) {
        if (window.compareTo(Duration.ofHours(1)) <= 0) {
            return Duration.ofMinutes(1);
        }
        return window.compareTo(Duration.ofDays(1)) <= 0 ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Object value(long[] held, Event event) {
        long slot = slot(event);
        long total = 1;
        for (int i = held == null ? -1 : held.length - 1; i >= 0 && slotOf(held[i]) > slot - slots; i--) {
            if (slotOf(held[i]) <= slot) {
                total += held[i] & COUNT_MASK;
            }
        }
        return total;
    }

    @Override
    public long[] updated(long[] held, Event event) {
        long slot = slot(event);
        long first = (slot << COUNT_BITS) | 1;
        if (held == null) {
            return new long[] {first};
        }
        int before = held.length - 1;
        while (before >= 0 && slotOf(held[before]) > slot) {
            before--;
        }
        if (before >= 0 && slotOf(held[before]) == slot) {
            held[before] += (held[before] & COUNT_MASK) == COUNT_MASK ? 0 : 1;
            return held;
        }
        if (held.length < slots + SPARE) {
            return inserted(held, before + 1, first);
        }
        if (before >= 0) { // Full: the oldest makes room.
            System.arraycopy(held, 1, held, 0, before);
            held[before] = first;
        }
        return held;
    }

    private static long[] inserted(long[] held, int at, long value) {
        long[] longer = Arrays.copyOf(held, held.length + 1);
        System.arraycopy(held, at, longer, at + 1, held.length - at);
        longer[at] = value;
        return longer;
    }

    private long slot(Event event) {
        return Math.floorDiv(event.header().time(), slotMillis);
    }

    private static long slotOf(long packed) {
        return packed >> COUNT_BITS;
    }
}
