package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final double[] TRUSTED = {0.9, 0.8, 0.4, 0.4};
    private static final double[] UNTRUSTED = {0.1, 0.4, 0.85};

    @Test
    void countsPairsInOrderAndTiesHalf() {
        // 0.9 beats 3, 0.8 beats 2, each 0.4 beats 1 and ties with 1
        assertThat(Metrics.auc(TRUSTED, UNTRUSTED)).isEqualTo((3 + 2 + 1.5 + 1.5) / 12);
    }

    @Test
    void choosesTheHighestThresholdThatKeepsToTheBound() {
        double[] scores = new double[200];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (i + 0.5) / 200;
        }
        double threshold = Metrics.threshold(scores, 0.03);
        assertThat(threshold).isEqualTo(0.032);
        assertThat(Metrics.shareBelow(scores, threshold)).isEqualTo(0.03);
        assertThat(Metrics.shareBelow(scores, threshold + 0.001)).isGreaterThan(0.03);
    }

    @Test
    void cutsBetweenScoresThatDifferByLessThanAThousandth() {
        double[] scores = {1e-5, 2e-5, 3e-5, 4e-5};
        assertThat(Metrics.cut(scores, 0.5)).isEqualTo(3e-5);
        assertThat(Metrics.threshold(scores, 0.5)).isZero();
    }

    @Test
    void letsNothingPassBelowTheLowestOfEqualScores() {
        double threshold = Metrics.threshold(new double[] {0.5, 0.5, 0.5, 0.9}, 0.3);
        assertThat(threshold).isEqualTo(0.5);
        assertThat(Metrics.shareBelow(new double[] {0.5, 0.5, 0.5, 0.9}, threshold))
                .isZero();
    }

    @Test
    void takesTheLossOfACoinForTheLogarithmOfTwo() {
        double[] coin = {0.5, 0.5};
        assertThat(Metrics.logLoss(coin, coin)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(Metrics.logLoss(new double[] {0}, new double[] {0}))
                .isFinite()
                .isGreaterThan(10);
    }

    @Test
    void hasNoShareOfNothing() {
        assertThat(Metrics.shareBelow(new double[0], 0.5)).isZero();
    }
}
