package io.datamill.step.score.training;

import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/** Rows whose truth is known: an event is bad the likelier the larger {@code a} and the further {@code b} is from 0. */
final class GeneratedRows {
    private GeneratedRows() {}

    static Rows of(int count, long seed) {
        return of(count, seed, row -> "g" + row % (count / 3));
    }

    /** @param groups of each row */
    static Rows of(int count, long seed, IntFunction<String> groups) {
        Random random = new Random(seed);
        double[][] x = new double[count][];
        boolean[] bad = new boolean[count];
        String[] group = new String[count];
        for (int row = 0; row < count; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            x[row] = new double[] {a, b, random.nextGaussian()};
            bad[row] = random.nextDouble() < 1 / (1 + Math.exp(-logOdds(a, b)));
            group[row] = groups.apply(row);
        }
        return new Rows(List.of("a", "b", "noise"), x, bad, group, null);
    }

    static double logOdds(double a, double b) {
        return 3 * a + 2 * b * b - 2;
    }
}
