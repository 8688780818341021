package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveEvaluator;
import io.datamill.step.score.Linear;
import io.datamill.step.score.TreeShap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XgboostTreesTest {
    private static final int ROWS = 400;
    private static final int FEATURES = 9;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.5",
        "1, 40, 0.5",
        "2, 25, 0.2",
        "3, 50, 0.5",
        "4, 100, 0.9",
        "5, 31, 0.5",
        "6, 200, 0.5",
        "6, 200, 0.05"
    })
    void givesTheMarginOfABoosterWithTheOtherSign(int depth, int rounds, String baseScore) throws Exception {
        assertSame(booster(Map.of("max_depth", depth, "base_score", baseScore), rounds));
    }

    @Test
    void givesTheMarginOfAForest() throws Exception {
        Map<String, Object> forest =
                Map.of("max_depth", 8, "num_parallel_tree", 60, "eta", 1, "subsample", 0.6, "colsample_bynode", 0.4);
        assertSame(booster(forest, 1));
    }

    @Test
    void givesTheMarginOfABoosterThatChoseItsBaseScoreAndPrunedItsTrees() throws Exception {
        assertSame(booster(Map.of("max_depth", 6, "gamma", 2, "tree_method", "exact"), 30));
    }

    @Test
    void refusesWhatIsNoSumOfTreesForLogOdds() throws Exception {
        Booster linear = booster(Map.of("booster", "gblinear"), 2);
        assertThatThrownBy(() -> XgboostTrees.of(linear)).hasMessage("booster: expected 'gbtree'; found 'gblinear'");
        Booster dart = booster(Map.of("booster", "dart"), 2);
        assertThatThrownBy(() -> XgboostTrees.of(dart)).hasMessage("booster: expected 'gbtree'; found 'dart'");
        Booster squares = booster(Map.of("objective", "reg:squarederror"), 2);
        assertThatThrownBy(() -> XgboostTrees.of(squares))
                .hasMessage("objective: expected 'binary:logistic'; found 'reg:squarederror'");
    }

    @Test
    void refusesCategoricalSplits() throws Exception {
        float[] x = new float[ROWS];
        float[] labels = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[i] = i % 5;
            labels[i] = i % 5 == 1 || i % 5 == 3 ? 1 : 0;
        }
        DMatrix data = new DMatrix(x, ROWS, 1, Float.NaN);
        data.setFeatureTypes(new String[] {"c"});
        data.setLabel(labels);
        Map<String, Object> parameters =
                Map.of("objective", "binary:logistic", "tree_method", "hist", "max_cat_to_onehot", 1);
        Booster booster = XGBoost.train(data, parameters, 2, Map.of(), null, null);
        assertThatThrownBy(() -> XgboostTrees.of(booster)).hasMessageContaining("categorical");
    }

    /** XGBoost adds up floats; adding the same leaves as floats gives its very bits. */
    private static void assertSame(Booster booster) throws XGBoostError {
        Additive model = XgboostTrees.of(booster);
        List<AdditiveEvaluator> trees = model.trees().stream()
                .map(tree -> new AdditiveEvaluator(new Additive(0, Linear.NONE, List.of(tree))))
                .toList();
        AdditiveEvaluator evaluator = new AdditiveEvaluator(model);
        float[][] rows = rows(new Random(77));
        DMatrix data = new DMatrix(flat(rows), ROWS, FEATURES, Float.NaN);
        float[][] margins = booster.predict(data, true);
        for (int i = 0; i < ROWS; i++) {
            double[] x = doubles(rows[i]);
            double expected = -margins[i][0];
            assertThat(evaluator.margin(x)).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
            float sum = (float) model.intercept();
            for (AdditiveEvaluator tree : trees) {
                sum += (float) tree.margin(x);
            }
            assertThat(sum).isEqualTo(-margins[i][0]);
        }
        assertSameContributions(new TreeShap(model), rows, booster.predictContrib(data, 0));
    }

    private static void assertSameContributions(TreeShap shap, float[][] rows, float[][] contributions) {
        for (int i = 0; i < ROWS; i += 10) {
            double[] ours = shap.contributions(doubles(rows[i]));
            for (int f = 0; f < FEATURES; f++) {
                double expected = -contributions[i][f];
                assertThat(ours[f]).isCloseTo(expected, within(3e-6 * (1 + Math.abs(expected))));
            }
            assertThat(shap.bias()).isCloseTo(-contributions[i][FEATURES], within(1e-5));
        }
    }

    private static double[] doubles(float[] row) {
        double[] doubles = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            doubles[i] = row[i];
        }
        return doubles;
    }

    private static Booster booster(Map<String, Object> options, int rounds) throws XGBoostError {
        Random random = new Random(3);
        float[][] rows = rows(random);
        float[] labels = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            float[] x = rows[i];
            double odds = (x[0] > 0 ? 1.5 : -1) + (Float.isNaN(x[1]) ? 1 : x[1]) + x[2] * x[3] + random.nextGaussian();
            labels[i] = odds > 0 ? 1 : 0;
        }
        DMatrix data = new DMatrix(flat(rows), ROWS, FEATURES, Float.NaN);
        data.setLabel(labels);
        Map<String, Object> parameters = new HashMap<>(
                Map.of("objective", "binary:logistic", "seed", 5, "nthread", 1, "eta", 0.3, "min_child_weight", 0.1));
        parameters.putAll(options);
        return XGBoost.train(data, parameters, rounds, Map.of(), null, null);
    }

    /** Of several scales, some in few steps; of the second every third is missing, of the last all but a few. */
    private static float[][] rows(Random random) {
        float[][] rows = new float[ROWS][FEATURES];
        for (int i = 0; i < ROWS; i++) {
            for (int f = 0; f < FEATURES; f++) {
                float value = (float) (random.nextGaussian() * Math.pow(10, f % 4 - 1));
                rows[i][f] = f % 3 == 2 ? Math.round(value) : value;
            }
            rows[i][1] = i % 3 == 0 ? Float.NaN : rows[i][1];
            rows[i][FEATURES - 1] = i % 9 == 0 ? rows[i][FEATURES - 1] : Float.NaN;
        }
        return rows;
    }

    private static float[] flat(float[][] rows) {
        float[] flat = new float[ROWS * FEATURES];
        for (int i = 0; i < ROWS; i++) {
            System.arraycopy(rows[i], 0, flat, i * FEATURES, FEATURES);
        }
        return flat;
    }
}
