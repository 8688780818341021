package io.datamill.step.profile;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A list of longs that grows in its middle. */
final class Longs implements Held {
    static final int KIND = 1;

    /** How many more are made room for than are asked for: most keys stay small, so little. */
    private static final int ROOM = 6;

    /** The first {@link #size} count. */
    long[] values;

    int size;

    Longs() {
        this(new long[0]);
    }

    /** @param values from now on this one's own */
    Longs(long[] values) {
        this.values = values;
        this.size = values.length;
    }

    /** Makes room for some more, all 0. */
    void insert(int at, int some) {
        if (size + some > values.length) {
            values = Arrays.copyOf(values, size + some + ROOM);
        }
        System.arraycopy(values, at, values, at + some, size - at);
        Arrays.fill(values, at, at + some, 0);
        size += some;
    }

    /** Drops some of the first and makes room for as many, all 0, that end where {@code end} was. */
    void replaceFirst(int some, int end) {
        System.arraycopy(values, some, values, 0, end - some);
        Arrays.fill(values, end - some, end, 0);
    }

    void remove(int at, int some) {
        System.arraycopy(values, at + some, values, at, size - at - some);
        size -= some;
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(values[i]);
        }
    }

    static Longs read(DataInputView in) throws IOException {
        long[] values = new long[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return new Longs(values);
    }

    @Override
    public Longs copy() {
        return new Longs(Arrays.copyOf(values, size));
    }
}
