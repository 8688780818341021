package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datamill.step.score.AdditiveEvaluator;
import io.datamill.step.score.BoundModel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LearningTest {
    /** Held on to: java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    /** By algorithm, with the first seed. */
    private static final Map<Algorithm, Trained> ONCE = new EnumMap<>(Algorithm.class);

    private static final Rows SEEN = GeneratedRows.of(500, 1);
    private static final Rows FRESH = GeneratedRows.of(3_000, 2);

    static {
        TRIBUO.setLevel(Level.WARNING);
    }

    @ParameterizedTest
    @CsvSource({"LOGISTIC, 0.80", "BOOSTING, 0.88", "FOREST, 0.88", "AVERAGE, 0.88"})
    void learnsAKnownFunctionAsWellAsItsFormAllows(Algorithm algorithm, double expected) {
        double perfect = auc(
                FRESH,
                Arrays.stream(FRESH.x())
                        .mapToDouble(x -> -GeneratedRows.logOdds(x[0], x[1]))
                        .toArray());
        assertThat(perfect).isBetween(0.92, 0.95);
        assertThat(auc(FRESH, margins(learn(algorithm), FRESH))).isBetween(expected, perfect);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void learnsTheSameFromTheSameRowsAndSeed(Algorithm algorithm) {
        Trained once = learn(algorithm);
        Trained again = Learning.run(algorithm, SEEN, 1, null);
        assertThat(again.scorer()).isEqualTo(once.scorer());
        assertThat(again.heldOut()).isEqualTo(once.heldOut());
        assertThat(again.thresholds()).isEqualTo(once.thresholds());
        assertThat(Learning.run(algorithm, SEEN, 2, null).scorer()).isNotEqualTo(once.scorer());
    }

    @Test
    void averagesTheLogOddsOfItsMembers() {
        double[] average = margins(learn(Algorithm.AVERAGE), FRESH);
        double[] mean = new double[average.length];
        for (Algorithm member : Algorithm.AVERAGE.members()) {
            double[] own = margins(learn(member), FRESH);
            Arrays.setAll(mean, row -> mean[row] + own[row] / 3);
        }
        // The mean is calibrated once more, by a slope and an offset.
        double slope = (average[1] - average[0]) / (mean[1] - mean[0]);
        assertThat(slope).isBetween(0.9, 1.5);
        for (int row = 0; row < mean.length; row++) {
            assertThat(average[row] - average[0]).isCloseTo(slope * (mean[row] - mean[0]), within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void givesProbabilitiesThatComeTrueForRowsItHasNotSeen(Algorithm algorithm) {
        double[] probabilities = Arrays.stream(margins(learn(algorithm), FRESH))
                .map(BoundModel::probability)
                .toArray();
        for (double low : new double[] {0, 0.25, 0.5, 0.75}) {
            int[] rows = IntStream.range(0, probabilities.length)
                    .filter(row -> probabilities[row] >= low && probabilities[row] < low + 0.25)
                    .toArray();
            double said = Arrays.stream(rows)
                    .mapToDouble(row -> probabilities[row])
                    .average()
                    .orElseThrow();
            double good = Arrays.stream(rows).filter(row -> !FRESH.bad()[row]).count() / (double) rows.length;
            assertThat(good).as("from %s", low).isCloseTo(said, within(0.12));
        }
    }

    @Test
    void takesAbsentNumbersForWhatTheyTell() {
        Rows rows = GeneratedRows.of(600, 3);
        double[][] x = new double[rows.size()][];
        for (int row = 0; row < x.length; row++) {
            x[row] = rows.x()[row].clone();
            x[row][2] = rows.bad()[row] ? Double.NaN : 1 + x[row][2];
        }
        Rows absent = new Rows(rows.names(), x, rows.bad(), rows.groups(), null);
        Trained trees = Learning.run(Algorithm.BOOSTING, absent, 1, null);
        assertThat(auc(absent, trees.heldOut())).isGreaterThan(0.999);
        Trained linear = Learning.run(Algorithm.LOGISTIC, absent, 1, null);
        assertThat(linear.heldOut()).doesNotContain(Double.NaN);
    }

    @Test
    void judgesWhereTheFewestErrorsAreUnlessToldHowManyOfTheGoodMayBeHit() {
        assertThat(learn(Algorithm.LOGISTIC).threshold()).isEqualTo(0.5);
        Trained cautious = Learning.run(Algorithm.LOGISTIC, SEEN, 1, 0.01);
        assertThat(cautious.threshold())
                .isLessThan(cautious.thresholds().label())
                .isGreaterThanOrEqualTo(cautious.thresholds().quarantine());
    }

    @Test
    void refusesDataOfWhichNothingOfAKindIsLeftWhenAGroupIsHeldOut() {
        Rows rows = GeneratedRows.of(300, 1);
        String[] groups = IntStream.range(0, 300)
                .mapToObj(row -> rows.bad()[row] ? "all-bad" : "g" + row)
                .toArray(String[]::new);
        Rows oneBad = new Rows(rows.names(), rows.x(), rows.bad(), groups, null);
        assertThatThrownBy(() -> Learning.run(Algorithm.LOGISTIC, oneBad, 1, null))
                .hasMessage("held-out data would leave only good events to learn from: expected both kinds in several"
                        + " groups");
    }

    private static Trained learn(Algorithm algorithm) {
        return ONCE.computeIfAbsent(algorithm, first -> Learning.run(first, SEEN, 1, null));
    }

    private static double[] margins(Trained trained, Rows rows) {
        AdditiveEvaluator evaluator = new AdditiveEvaluator(trained.scorer());
        return Arrays.stream(rows.x()).mapToDouble(evaluator::margin).toArray();
    }

    private static double auc(Rows rows, double[] scores) {
        List<double[]> kinds = List.of(Figures.of(scores, rows.bad(), false), Figures.of(scores, rows.bad(), true));
        return Metrics.auc(kinds.get(0), kinds.get(1));
    }
}
