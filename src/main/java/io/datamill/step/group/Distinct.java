package io.datamill.step.group;

import io.datamill.event.Event;
import org.apache.avro.Schema;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;

/**
 * About how many different values: a HyperLogLog sketch of 2^12 registers of 4 bits, 2 kB at most. Its standard error is
 * 1.6 %, or 1.3 % where no sessions were merged; up to about 200 values it is exact but for collisions of their hashes.
 */
record Distinct(String name, int field) implements Aggregate {
    static final int LOG_REGISTERS = 12;

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        HllSketch sketch = held == null ? new HllSketch(LOG_REGISTERS, TgtHllType.HLL_4) : (HllSketch) held;
        if (value instanceof Double number) {
            sketch.update(number);
        } else if (value instanceof Number number) {
            sketch.update(number.longValue());
        } else {
            String text = value.toString();
            if (text.isEmpty()) {
                sketch.update(Long.MIN_VALUE); // The sketch passes over an empty string.
            } else {
                sketch.update(text);
            }
        }
        return sketch;
    }

    @Override
    public Object merged(Object one, Object other) {
        Union union = new Union(LOG_REGISTERS);
        union.update((HllSketch) one);
        union.update((HllSketch) other);
        return union.getResult(TgtHllType.HLL_4);
    }

    @Override
    public Object value(Object held) {
        return held == null ? 0L : Math.round(((HllSketch) held).getEstimate());
    }
}
