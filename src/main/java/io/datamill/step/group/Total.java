package io.datamill.step.group;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * The sum of floating-point numbers, or the average of numbers, by Neumaier's compensated summation (ZAMM 54, 1974): the
 * error does not grow with their number.
 *
 * <p>Held are sum, compensation and count.
 *
 * @param average whether the sum is divided by the count
 */
record Total(String name, int field, int scale, boolean average, Schema schema) implements Aggregate {

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        double[] total = held == null ? new double[3] : (double[]) held;
        add(total, Numbers.of(value, scale));
        total[2]++;
        return total;
    }

    private static void add(double[] total, double more) {
        double sum = total[0] + more;
        total[1] += Math.abs(total[0]) >= Math.abs(more) ? (total[0] - sum) + more : (more - sum) + total[0];
        total[0] = sum;
    }

    @Override
    public Object merged(Object one, Object other) {
        double[] total = (double[]) one;
        double[] more = (double[]) other;
        add(total, more[0]);
        total[1] += more[1];
        total[2] += more[2];
        return total;
    }

    @Override
    public Object value(Object held) {
        if (held == null) {
            return null;
        }
        double[] total = (double[]) held;
        // Where the sum is not finite, the compensation is no number.
        double sum = Double.isFinite(total[0]) ? total[0] + total[1] : total[0];
        return average ? sum / total[2] : sum;
    }
}
