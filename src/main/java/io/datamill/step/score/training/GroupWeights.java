package io.datamill.step.score.training;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How much a row counts. Rows of one group are alike, so that a hundred mails of one sender tell less of senders to come
 * than those of a hundred: together a group counts as much as the square root of its size. How many are bad stays as it is.
 */
final class GroupWeights {
    private GroupWeights() {}

    /** One for each row; 1 in the mean over the good ones, and over the bad ones. */
    static double[] of(Rows rows) {
        Map<String, Long> sizes =
                Arrays.stream(rows.groups()).collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        double[] weights = Arrays.stream(rows.groups())
                .mapToDouble(group -> 1 / Math.sqrt(sizes.get(group)))
                .toArray();
        double good = mean(weights, rows.bad(), false);
        double bad = mean(weights, rows.bad(), true);
        for (int row = 0; row < weights.length; row++) {
            weights[row] /= rows.bad()[row] ? bad : good;
        }
        return weights;
    }

    private static double mean(double[] weights, boolean[] bad, boolean of) {
        return IntStream.range(0, weights.length)
                .filter(row -> bad[row] == of)
                .mapToDouble(row -> weights[row])
                .average()
                .orElse(1);
    }
}
