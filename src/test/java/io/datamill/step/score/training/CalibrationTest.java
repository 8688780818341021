package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.datamill.step.score.Additive;
import io.datamill.step.score.BoundModel;
import io.datamill.step.score.Linear;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Rows ROWS = GeneratedRows.of(3_000, 5);
    private static final double[] TRUE = Arrays.stream(ROWS.x())
            .mapToDouble(x -> -GeneratedRows.logOdds(x[0], x[1]))
            .toArray();
    private static final double[] ALIKE = new double[ROWS.size()];

    static {
        Arrays.fill(ALIKE, 1);
    }

    @Test
    void bringsBoastfulMarginsBackToTheTruth() {
        Calibration calibration = of(Arrays.stream(TRUE).map(m -> 5 * m + 3).toArray());
        assertThat(calibration.slope()).isCloseTo(0.2, within(0.02));
        assertThat(calibration.offset()).isCloseTo(-0.6, within(0.15));
    }

    @Test
    void lowersTheLogLossOfRowsItHasNotSeen() {
        Calibration calibration = of(Arrays.stream(TRUE).map(m -> 3 * m).toArray());
        Rows fresh = GeneratedRows.of(3_000, 6);
        double[] boastful = Arrays.stream(fresh.x())
                .mapToDouble(x -> -3 * GeneratedRows.logOdds(x[0], x[1]))
                .toArray();
        assertThat(logLoss(fresh, Arrays.stream(boastful).map(calibration::of).toArray()))
                .isLessThan(0.8 * logLoss(fresh, boastful));
    }

    @Test
    void neverTurnsAnOrderRound() {
        assertThat(of(Arrays.stream(TRUE).map(m -> -m).toArray()).slope()).isPositive();
    }

    @Test
    void leavesOutRowsThatWereNeverHeldOut() {
        double[] some = TRUE.clone();
        double[] weights = ALIKE.clone();
        for (int row = 0; row < 1_000; row++) {
            some[row] = Double.NaN;
            weights[row] = 1e6;
        }
        assertThat(Calibration.of(some, ROWS.bad(), weights).slope()).isCloseTo(1, within(0.1));
    }

    @Test
    void staysFiniteWhereAllRowsAreToldApart() {
        double[] perfect = new double[ROWS.size()];
        Arrays.setAll(perfect, row -> ROWS.bad()[row] ? -50 : 50);
        Calibration calibration = of(perfect);
        assertThat(calibration.of(50)).isBetween(5.0, 50.0);
        assertThat(calibration.of(-50)).isBetween(-50.0, -5.0);
    }

    @Test
    void calibratesAModelAsItCalibratesItsMargins() {
        Linear linear = new Linear(new double[] {1}, new double[] {2}, new double[] {3});
        Additive calibrated = new Calibration(0.5, -1).of(new Additive(4, linear, List.of()));
        assertThat(calibrated.intercept()).isEqualTo(1);
        assertThat(calibrated.linear().weights()).containsExactly(1.5);
    }

    private static Calibration of(double[] margins) {
        return Calibration.of(margins, ROWS.bad(), ALIKE);
    }

    private static double logLoss(Rows rows, double[] margins) {
        double[] scores = Arrays.stream(margins).map(BoundModel::probability).toArray();
        return Metrics.logLoss(Figures.of(scores, rows.bad(), false), Figures.of(scores, rows.bad(), true));
    }
}
