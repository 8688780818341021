package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.step.score.training.Curves.Point;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static final Curves CURVES = Curves.of(
            new double[] {0.9, 0.4, 0.4, 0.1, 0.2, Double.NaN}, new boolean[] {false, false, true, true, false, true});

    @Test
    void walksTheRocScoreByScoreAndTiesAtOnce() {
        assertThat(CURVES.roc())
                .containsExactly(
                        new Point(0, 0),
                        new Point(0, 0.5),
                        new Point(1 / 3.0, 0.5),
                        new Point(2 / 3.0, 1),
                        new Point(1, 1));
    }

    @Test
    void enclosesTheAreaThatTheMetricsTell() {
        Random random = new Random(4);
        double[] scores =
                random.doubles(500).map(score -> Math.round(score * 50) / 50.0).toArray();
        boolean[] bad = new boolean[500];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = random.nextDouble() > scores[i];
        }
        List<Point> roc = Curves.of(scores, bad).roc();
        double area = 0;
        for (int i = 1; i < roc.size(); i++) {
            area += (roc.get(i).x() - roc.get(i - 1).x())
                    * (roc.get(i).y() + roc.get(i - 1).y())
                    / 2;
        }
        assertThat(Decimals.figure(area)).isEqualTo(Figures.of(scores, bad, 0.5).auc());
    }

    @Test
    void tellsPrecisionAndRecallForEachThreshold() {
        assertThat(CURVES.recall(2)).containsExactly(new Point(0, 0), new Point(0.5, 1), new Point(1, 1));
        assertThat(CURVES.falsePositives(2)).containsExactly(new Point(0, 0), new Point(0.5, 2 / 3.0), new Point(1, 1));
        assertThat(CURVES.precision(2)).containsExactly(new Point(0.5, 0.5), new Point(1, 0.4));
    }

    @Test
    void comparesScoresWithWhatWasSo() {
        assertThat(CURVES.calibration())
                .containsExactly(
                        new Curves.Calibration(0.1, 0, 1),
                        new Curves.Calibration(0.2, 1, 1),
                        new Curves.Calibration(0.4, 0.5, 2),
                        new Curves.Calibration(0.9, 1, 1));
        assertThat(Curves.histogram(new double[] {0, 0.49, 0.5, 1}, 2)).containsExactly(2, 2);
    }
}
