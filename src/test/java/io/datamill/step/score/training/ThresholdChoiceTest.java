package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThresholdChoiceTest {
    private static final double SHARE = 0.01;

    /** Good events of senders that differ: a few of them look bad in nearly all they send. */
    @SuppressWarnings("ArrayRecordComponent") // By row, never compared.
    private record Senders(Rows rows, double[] scores) {
        static Senders of(int groups, long seed) {
            Random random = new Random(seed);
            int size = 8;
            String[] names = new String[groups * size];
            double[] scores = new double[names.length];
            for (int group = 0; group < groups; group++) {
                double bias = random.nextGaussian();
                for (int i = 0; i < size; i++) {
                    names[group * size + i] = "g" + group;
                    scores[group * size + i] = 1 / (1 + Math.exp(-3 - 2 * bias - 0.5 * random.nextGaussian()));
                }
            }
            Rows rows = new Rows(List.of(), new double[names.length][0], new boolean[names.length], names, null);
            return new Senders(rows, scores);
        }

        double below(double share) {
            return new ThresholdChoice(scores, rows, 1).below(share);
        }
    }

    @Test
    void keepsToTheShareForSendersToCome() {
        Senders fresh = Senders.of(20_000, 99);
        int kept = 0;
        int keptByCounting = 0;
        for (int seed = 0; seed < 40; seed++) {
            Senders seen = Senders.of(300, seed);
            kept += Metrics.shareBelow(fresh.scores, seen.below(SHARE)) <= 1.5 * SHARE ? 1 : 0;
            double counted = Metrics.threshold(seen.scores, SHARE);
            keptByCounting += Metrics.shareBelow(fresh.scores, counted) <= 1.5 * SHARE ? 1 : 0;
        }
        assertThat(kept).isGreaterThanOrEqualTo(37);
        assertThat(keptByCounting).isLessThan(36);
    }

    @Test
    void isTheMoreCautiousTheFewerSendersItHasSeen() {
        Senders all = Senders.of(4_000, 3);
        double[] few = Arrays.copyOf(all.scores, 8 * 200);
        Rows rows = all.rows.at(IntStream.range(0, few.length).toArray());
        assertThat(new ThresholdChoice(few, rows, 1).below(0.05)).isLessThan(all.below(0.05));
    }

    @Test
    void takesALargerShareForAHigherThreshold() {
        Senders senders = Senders.of(300, 4);
        assertThat(senders.below(0.005)).isLessThan(senders.below(0.03));
        assertThat(senders.below(0)).isLessThanOrEqualTo(senders.below(0.005));
    }

    @Test
    void doesNotLetOneSenderOfManyMailsDecide() {
        Senders senders = Senders.of(300, 5);
        String[] groups = Arrays.copyOf(senders.rows.groups(), 2_400 + 800);
        Arrays.fill(groups, 2_400, groups.length, "flood");
        double[] scores = Arrays.copyOf(senders.scores, groups.length);
        Arrays.fill(scores, 2_400, groups.length, 1e-4);
        Rows rows = new Rows(List.of(), new double[groups.length][0], new boolean[groups.length], groups, null);
        assertThat(new ThresholdChoice(scores, rows, 1).below(0.1)).isGreaterThan(0.1);
        assertThat(Metrics.threshold(scores, 0.1)).isZero();
    }

    @Test
    void looksAtGoodEventsAloneAndAtThoseThatWereHeldOut() {
        boolean[] bad = {false, true, false, false};
        String[] groups = {"a", "b", "c", "d"};
        Rows rows = new Rows(List.of(), new double[4][0], bad, groups, null);
        double[] scores = {0.6, 0.1, Double.NaN, 0.6};
        assertThat(new ThresholdChoice(scores, rows, 1).below(SHARE)).isEqualTo(0.6);
        double[] none = {Double.NaN, 0.1, Double.NaN, Double.NaN};
        assertThat(new ThresholdChoice(none, rows, 1).below(SHARE)).isZero();
    }
}
