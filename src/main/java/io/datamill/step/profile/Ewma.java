package io.datamill.step.profile;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The average of a field's numbers, this event's included, each with half the weight of one that is a half-life younger.
 * Null where there are none.
 *
 * <p>Slots are a half-life long. A slot keeps what its values and their weights add up to as of its start, so that
 * between slots weights only are powers of two. What is older than the slots that are held had at least 2^-{@value
 * #WINDOW} of the weight of one of now.
 */
record Ewma(String name, NumberField field, Slots slots, Schema schema) implements Feature {
    static final int WINDOW = 32;

    /** The slot, its values and their weights. */
    static final int WIDTH = 3;

    @Override
    public Object take(Held held, Event event) {
        Longs longs = (Longs) held;
        long slot = slots.of(event);
        boolean given = field.isIn(event);
        double weight = given ? weight(event.header().time() - slot * slots.millis()) : 0;
        double own = given ? field.real(event) * weight : 0;
        double sum = own;
        double weights = weight;
        for (int i = slots.upTo(slot, longs); slots.holds(slot, i, longs); i -= WIDTH) {
            double share = Math.scalb(1.0, (int) (Slots.slot(longs.values[i]) - slot));
            sum += share * Double.longBitsToDouble(longs.values[i + 1]);
            weights += share * Double.longBitsToDouble(longs.values[i + 2]);
        }
        int at = given ? slots.counted(slot, longs) : -1;
        if (at >= 0) {
            add(longs.values, at + 1, own);
            add(longs.values, at + 2, weight);
        }
        double average = sum / weights;
        return Double.isFinite(average) ? average : null;
    }

    /** Of 1 to 2: that of an event so long after the start of its slot. */
    private double weight(long after) {
        return Math.pow(2, after / (double) slots.millis());
    }

    private static void add(long[] values, int at, double more) {
        values[at] = Double.doubleToLongBits(Double.longBitsToDouble(values[at]) + more);
    }
}
