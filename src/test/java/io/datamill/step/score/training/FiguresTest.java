package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
    /** Of the example of the area under a curve in scikit-learn's documentation of roc_auc_score: 0.75. */
    @Test
    void agreesWithAPublishedExample() {
        double[] trust = {1 - 0.1, 1 - 0.4, 1 - 0.35, 1 - 0.8};
        Figures figures = Figures.of(trust, new boolean[] {false, false, true, true}, 0.5);
        assertThat(figures.auc()).isEqualTo(0.75);
        assertThat(figures.error()).isEqualTo(0.25);
        assertThat(figures.fpr()).isZero();
        assertThat(figures.fnr()).isEqualTo(0.5);
        assertThat(figures.f1()).isEqualTo(0.666667); // precision 1, recall 1/2
    }

    /** Of scikit-learn's documentation of log_loss: spam, ham, ham, spam, with these probabilities of spam. */
    @Test
    void agreesWithAPublishedLoss() {
        double[] trust = {0.1, 0.9, 0.8, 0.35};
        assertThat(Figures.of(trust, new boolean[] {true, false, false, true}, 0.5)
                        .logloss())
                .isEqualTo(0.216162);
    }

    @Test
    void leavesOutWhatWasNeverHeldOut() {
        double[] trust = {Double.NaN, 0.9, 0.1, Double.NaN};
        Figures figures = Figures.of(trust, new boolean[] {true, false, true, false}, 0.5);
        assertThat(figures.n()).isEqualTo(2);
        assertThat(figures.error()).isZero();
    }

    @Test
    void callsNothingBadThatIsAtTheThreshold() {
        Figures figures = Figures.of(new double[] {0.3, 0.3}, new boolean[] {true, false}, 0.3);
        assertThat(figures.fpr()).isZero();
        assertThat(figures.fnr()).isEqualTo(1);
        assertThat(figures.f1()).isZero();
        assertThat(figures.auc()).isEqualTo(0.5);
    }

    @Test
    void hasNothingToSayOfNothing() {
        Figures figures = Figures.of(new double[0], new boolean[0], 0.5);
        assertThat(figures).isEqualTo(new Figures(0, null, null, null, null, null, null, 0.5));
    }
}
