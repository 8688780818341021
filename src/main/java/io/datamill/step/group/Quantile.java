package io.datamill.step.group;

import io.datamill.event.Event;
import org.apache.avro.Schema;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;

/**
 * About the value that a share of the values is not above: a KLL sketch of k = 200, up to 5 kB. In 99 % of all cases the
 * value's true rank is within 1.33 % of the asked one; up to 200 values it is exact. The sketch tosses coins, so that
 * above that another run may give another value. NaN does not count.
 */
record Quantile(String name, int field, int scale, double rank, Schema schema) implements Aggregate {
    static final int K = 200;

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        KllDoublesSketch sketch = held == null ? KllDoublesSketch.newHeapInstance(K) : (KllDoublesSketch) held;
        sketch.update(Numbers.of(value, scale));
        return sketch;
    }

    @Override
    public Object merged(Object one, Object other) {
        KllDoublesSketch sketch = (KllDoublesSketch) one;
        sketch.merge((KllDoublesSketch) other);
        return sketch;
    }

    @Override
    public Object value(Object held) {
        KllDoublesSketch sketch = (KllDoublesSketch) held;
        return sketch == null || sketch.isEmpty() ? null : sketch.getQuantile(rank, QuantileSearchCriteria.INCLUSIVE);
    }
}
