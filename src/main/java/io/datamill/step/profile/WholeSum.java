package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The sum of int, long or decimal values in a window, this event's included: exact, but held to what a long can be; of
 * decimals that are the digits without the point. Null where the window has none.
 */
record WholeSum(String name, NumberField field, Slots slots, Schema schema) implements Feature {
    /** The slot, and its sum. */
    static final int WIDTH = 2;

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        boolean given = field.isIn(event);
        long own = given ? field.whole(event) : 0;
        long sum = own;
        int last = slots.upTo(slot, longs);
        for (int i = last; slots.holds(slot, i, longs); i -= WIDTH) {
            sum = sum(sum, longs.values[i + 1]);
        }
        boolean none = !given && !slots.holds(slot, last, longs);
        int at = given ? slots.counted(slot, longs) : -1;
        if (at >= 0) {
            longs.values[at + 1] = sum(longs.values[at + 1], own);
        }
        if (none) {
            return null;
        }
        return field.kind() == NumberField.Kind.DECIMAL ? NumberField.decimal(sum) : (Object) sum;
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        if (((one ^ sum) & (other ^ sum)) < 0) {
            return one < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return sum;
    }
}
