package io.datamill.step.score.training;

import java.util.List;

/**
 * What a trainer learns from. The arrays are shared, not copied: nobody changes them.
 *
 * @param names of the features, in the order of the columns
 * @param x a row for each event, a column for each feature; NaN where the feature is absent and says so
 * @param bad the label: true for what should be stopped
 * @param groups what is never split between folds, one for each row, never null: the sender's domain, a user; where the
 *     data names none, a digest of the row, so that copies of a row stay together
 * @param times event times in ms since the epoch; null where the split is not by time. With them, a row is held out from
 *     a model that has seen earlier rows only
 */
@SuppressWarnings("ArrayRecordComponent") // Columns and rows by position, never compared.
public record Rows(List<String> names, double[][] x, boolean[] bad, String[] groups, long[] times) {
    public Rows {
        names = List.copyOf(names);
        if (x.length != bad.length || x.length != groups.length || (times != null && times.length != x.length)) {
            throw new IllegalArgumentException("rows, labels, groups and times differ in number");
        }
    }

    public int size() {
        return x.length;
    }

    /** Some of the rows, in the order of the indices. */
    public Rows at(int[] indices) {
        double[][] someX = new double[indices.length][];
        boolean[] someBad = new boolean[indices.length];
        String[] someGroups = new String[indices.length];
        long[] someTimes = times == null ? null : new long[indices.length];
        for (int i = 0; i < indices.length; i++) {
            someX[i] = x[indices[i]];
            someBad[i] = bad[indices[i]];
            someGroups[i] = groups[indices[i]];
            if (someTimes != null) {
                someTimes[i] = times[indices[i]];
            }
        }
        return new Rows(names, someX, someBad, someGroups, someTimes);
    }
}
