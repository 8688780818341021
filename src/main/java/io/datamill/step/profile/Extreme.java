package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The least or the greatest number or time in a window, this event's included; null where the window has none.
 *
 * @param sign -1 for the least, 1 for the greatest
 */
record Extreme(String name, NumberField field, Slots slots, int sign, Schema schema) implements Feature {
    /** The slot, and its least or greatest value: a long, or the bits of a double. */
    static final int WIDTH = 2;

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        boolean given = field.isIn(event);
        long own = given ? bits(event) : 0;
        long best = own;
        boolean none = !given;
        for (int i = slots.upTo(slot, longs); slots.holds(slot, i, longs); i -= WIDTH) {
            long other = longs.values[i + 1];
            best = none || isBeyond(other, best) ? other : best;
            none = false;
        }
        int at = given ? slots.counted(slot, longs) : -1;
        if (at >= 0 && (Slots.count(longs.values[at]) == 1 || isBeyond(own, longs.values[at + 1]))) {
            longs.values[at + 1] = own;
        }
        return none ? null : value(best);
    }

    private long bits(Event event) {
        return field.isReal() ? Double.doubleToLongBits(field.real(event)) : field.whole(event);
    }

    private boolean isBeyond(long one, long other) {
        int order = field.isReal()
                ? Double.compare(Double.longBitsToDouble(one), Double.longBitsToDouble(other))
                : Long.compare(one, other);
        return Integer.signum(order) == sign;
    }

    private Object value(long bits) {
        if (!field.isReal()) {
            return field.boxed(bits);
        }
        double real = Double.longBitsToDouble(bits);
        return field.kind() == NumberField.Kind.FLOAT ? (Object) (float) real : (Object) real;
    }
}
