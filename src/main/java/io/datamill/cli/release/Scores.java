package io.datamill.cli.release;

import java.util.Arrays;
import java.util.List;

/** Numbers that grow: 8 bytes each, and up to half as many again in reserve. */
final class Scores {
    private double[] values = new double[16];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    /** A copy of all of several, in their order. */
    static double[] all(List<Scores> several) {
        double[] all = new double[several.stream().mapToInt(one -> one.size).sum()];
        int at = 0;
        for (Scores one : several) {
            System.arraycopy(one.values, 0, all, at, one.size);
            at += one.size;
        }
        return all;
    }
}
