package io.datamill.step.profile;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A bounded summary of many values, each a text. */
interface Sketch {

    void add(String value);

    /** Adds all that another one of the same kind has seen, which does not change. */
    void add(Sketch other);

    boolean isEmpty();

    /** What it says, as the field has it. */
    Object value();

    /** One that does not see what becomes of this. */
    Sketch copy();

    /** With its kind in front. */
    void write(DataOutputView out) throws IOException;

    /** The one that was written. */
    static Sketch read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case DistinctValues.KIND -> DistinctValues.read(in);
            case FrequentValues.KIND -> FrequentValues.read(in);
            default -> throw new IOException("a sketch of kind " + kind + ", which this release does not know");
        };
    }
}
