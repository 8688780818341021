package io.datamill.step.score.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows that a model sees, and rows that it is judged on.
 *
 * @param seen by their index
 * @param held by their index
 */
@SuppressWarnings("ArrayRecordComponent") // Indices, never compared.
record Split(int[] seen, int[] held) {
    private static final int PARTS = 5;

    /**
     * Each group is held out as a whole, and each once. Where the rows have times, they are cut into six parts of
     * nearly one size, and each but the first is held out from what came before it.
     *
     * @throws IllegalArgumentException if what is seen would be of one kind
     */
    static List<Split> of(Rows rows) {
        List<Split> splits = rows.times() == null ? byGroup(rows) : byTime(rows);
        for (Split split : splits) {
            long bad = Arrays.stream(split.seen).filter(row -> rows.bad()[row]).count();
            if (bad == 0 || bad == split.seen.length) {
                throw new IllegalArgumentException("held-out data would leave only "
                        + (bad == 0 ? "good" : "bad") + " events to learn from: expected both kinds "
                        + (rows.times() == null ? "in several groups" : "from the beginning on"));
            }
        }
        return splits;
    }

    private static List<Split> byGroup(Rows rows) {
        Folds folds = new Folds(List.of(rows.groups()), PARTS);
        List<Split> splits = new ArrayList<>();
        for (int fold = 0; fold < PARTS; fold++) {
            int held = fold;
            splits.add(of(rows.size(), row -> folds.of(rows.groups()[row]) == held, row -> true));
        }
        return splits;
    }

    private static List<Split> byTime(Rows rows) {
        int[] order = IntStream.range(0, rows.size())
                .boxed()
                .sorted(Comparator.comparingLong(row -> rows.times()[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Split> splits = new ArrayList<>();
        for (int part = 1; part <= PARTS; part++) {
            long from = rows.times()[order[(int) ((long) part * order.length / (PARTS + 1))]];
            int end = (int) ((long) (part + 1) * order.length / (PARTS + 1));
            long to = part == PARTS ? Long.MAX_VALUE : rows.times()[order[end]];
            if (from < to) {
                splits.add(of(
                        rows.size(),
                        row -> rows.times()[row] >= from && rows.times()[row] < to,
                        row -> rows.times()[row] < from));
            }
        }
        return splits;
    }

    private static Split of(int rows, IntPredicate held, IntPredicate seen) {
        return new Split(
                IntStream.range(0, rows)
                        .filter(row -> !held.test(row) && seen.test(row))
                        .toArray(),
                IntStream.range(0, rows).filter(held).toArray());
    }
}
