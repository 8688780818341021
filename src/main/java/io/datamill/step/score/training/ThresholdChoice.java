package io.datamill.step.score.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Scores below which to act, so that no more than a share of the good events of groups to come is hit. The share is the
 * mean over groups of what each would have hit, so that one sender of many mails does not decide what others may expect.
 * A threshold that hits just that share of held-out events is too high half of the time, and by more the fewer groups
 * there are; so it is chosen again on many samples of the groups, drawn with replacement (B. Efron's bootstrap), and the
 * one is taken above which 9 in 10 of those lie.
 */
final class ThresholdChoice {
    private static final int SAMPLES = 200;
    private static final double CAUTION = 0.1;
    private static final double STEP = 1000;

    private final double[] scores;
    private final double[] weights;
    private final int[] groupOf;
    private final int groups;
    private final long seed;

    /**
     * @param heldOut probabilities of trust from models that have not seen the row's group; NaN is left out
     * @param seed of the samples
     */
    ThresholdChoice(double[] heldOut, Rows rows, long seed) {
        int[] good = IntStream.range(0, heldOut.length)
                .filter(row -> !rows.bad()[row] && !Double.isNaN(heldOut[row]))
                .boxed()
                .sorted((one, other) -> Double.compare(heldOut[one], heldOut[other]))
                .mapToInt(Integer::intValue)
                .toArray();
        Map<String, Integer> numbers = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        for (int row : good) {
            numbers.putIfAbsent(rows.groups()[row], numbers.size());
            sizes.merge(rows.groups()[row], 1, Integer::sum);
        }
        this.scores = IntStream.of(good).mapToDouble(row -> heldOut[row]).toArray();
        this.weights = IntStream.of(good)
                .mapToDouble(row -> 1.0 / sizes.get(rows.groups()[row]))
                .toArray();
        this.groupOf =
                IntStream.of(good).map(row -> numbers.get(rows.groups()[row])).toArray();
        this.groups = numbers.size();
        this.seed = seed;
    }

    /**
     * @param share of the good events that may be hit, 0 to 1
     * @return in whole thousandths, for people to write down; 0 where nothing can be said
     */
    double below(double share) {
        if (scores.length == 0) {
            return 0;
        }
        Random random = new Random(seed);
        double[] cuts = new double[SAMPLES];
        for (int sample = 0; sample < SAMPLES; sample++) {
            int[] drawn = new int[groups];
            random.ints(groups, 0, groups).forEach(group -> drawn[group]++);
            cuts[sample] = cut(drawn, share);
        }
        Arrays.sort(cuts);
        return Math.floor(cuts[(int) (CAUTION * SAMPLES)] * STEP) / STEP;
    }

    /** The highest score below which lies no more than the share. */
    private double cut(int[] drawn, double share) {
        double total = 0;
        for (int i = 0; i < scores.length; i++) {
            total += weights[i] * drawn[groupOf[i]];
        }
        double below = 0;
        for (int i = 0; i < scores.length; i++) {
            below += weights[i] * drawn[groupOf[i]];
            if (below > share * total) {
                return scores[i];
            }
        }
        return 1;
    }
}
