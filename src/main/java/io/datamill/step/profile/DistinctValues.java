package io.datamill.step.profile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * About how many different values: a HyperLogLog sketch of 2^10 registers of 6 bits, at most 808 bytes. Its standard
 * error is 3.3 %; up to 96 values it holds their hashes, 4 bytes each, and is exact but for collisions.
 */
final class DistinctValues implements Sketch {
    static final int KIND = 1;
    private static final int LOG_REGISTERS = 10;

    /** The sketch passes over an empty text; no text has this byte in UTF-8. */
    private static final byte[] EMPTY = {-1};

    private HllSketch sketch;

    DistinctValues() {
        this(new HllSketch(LOG_REGISTERS, TgtHllType.HLL_6));
    }

    private DistinctValues(HllSketch sketch) {
        this.sketch = sketch;
    }

    @Override
    public void add(String value) {
        sketch.update(value.isEmpty() ? EMPTY : value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void add(Sketch other) {
        if (other.isEmpty()) {
            return;
        }
        Union union = new Union(LOG_REGISTERS);
        union.update(sketch);
        union.update(((DistinctValues) other).sketch);
        sketch = union.getResult(TgtHllType.HLL_6);
    }

    @Override
    public boolean isEmpty() {
        return sketch.isEmpty();
    }

    @Override
    public Long value() {
        return Math.round(sketch.getEstimate());
    }

    @Override
    public DistinctValues copy() {
        return new DistinctValues(sketch.copy());
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        byte[] bytes = sketch.toCompactByteArray();
        out.writeByte(KIND);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static DistinctValues read(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new DistinctValues(HllSketch.heapify(bytes));
    }
}
