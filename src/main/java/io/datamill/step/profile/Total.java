package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The sum of floating-point numbers in a window, or the average of numbers, this event's included, by Neumaier's
 * compensated summation (ZAMM 54, 1974): the error does not grow with their number. Null where the window has none or
 * the sum is no finite number.
 *
 * @param average whether the sum is divided by the count
 */
record Total(String name, NumberField field, Slots slots, boolean average, Schema schema) implements Feature {
    /** The slot with the count, its sum and its compensation. */
    static final int WIDTH = 3;

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        boolean given = field.isIn(event);
        double own = given ? field.real(event) : 0;
        double sum = own;
        double lost = 0;
        long count = given ? 1 : 0;
        for (int i = slots.upTo(slot, longs); slots.holds(slot, i, longs); i -= WIDTH) {
            double more = Double.longBitsToDouble(longs.values[i + 1]);
            double next = sum + more;
            lost += lost(sum, more, next) + Double.longBitsToDouble(longs.values[i + 2]);
            sum = next;
            count += Slots.count(longs.values[i]);
        }
        int at = given ? slots.counted(slot, longs) : -1;
        if (at >= 0) {
            add(longs.values, at, own);
        }
        double total = sum + lost;
        if (count == 0 || !Double.isFinite(total)) {
            return null;
        }
        return average ? total / count : total;
    }

    private static void add(long[] values, int at, double more) {
        double sum = Double.longBitsToDouble(values[at + 1]);
        double next = sum + more;
        double lost = Double.longBitsToDouble(values[at + 2]) + lost(sum, more, next);
        values[at + 1] = Double.doubleToLongBits(next);
        values[at + 2] = Double.doubleToLongBits(lost);
    }

    /** What rounding has taken from a sum. */
    private static double lost(double one, double other, double sum) {
        return Math.abs(one) >= Math.abs(other) ? (one - sum) + other : (other - sum) + one;
    }
}
