package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdditiveEvaluatorTest {
    private static final int ROWS = 200;

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "1, 1, 0", "1, 1, 1", "3, 3, 4", "5, 4, 6", "50, 200, 6", "9, 33, 12", "1000, 7, 9"})
    void addsUpLinearTermsAndTheLeavesThatARowReaches(int features, int trees, int depth) {
        Random random = new Random(features + trees + depth);
        Additive model = Ensembles.of(random, features, trees, depth);
        AdditiveEvaluator evaluator = new AdditiveEvaluator(model);
        for (int i = 0; i < ROWS; i++) {
            double[] x = Ensembles.row(random, features);
            double expected = model.intercept();
            for (int f = 0; f < features; f++) {
                Linear linear = model.linear();
                expected +=
                        Double.isNaN(x[f]) ? 0 : linear.weights()[f] * (x[f] - linear.means()[f]) / linear.scales()[f];
            }
            for (Tree tree : model.trees()) {
                expected += tree.value()[leaf(tree, x)];
            }
            assertThat(evaluator.margin(x)).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected)) * (1 + trees)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 50})
    void givesContributionsThatSumToTheMarginWithTheBias(int trees) {
        Random random = new Random(trees);
        for (int depth = 0; depth < 9; depth++) {
            Additive model = Ensembles.of(random, 6, trees, depth);
            AdditiveEvaluator evaluator = new AdditiveEvaluator(model);
            double[] contributions = new double[6];
            Arrays.fill(contributions, 7); // Of the row before.
            for (int i = 0; i < ROWS; i++) {
                double[] x = Ensembles.row(random, 6);
                double margin = evaluator.margin(x, contributions);
                assertThat(margin).isEqualTo(evaluator.margin(x));
                assertThat(evaluator.bias() + Arrays.stream(contributions).sum())
                        .isCloseTo(margin, within(1e-11));
            }
        }
    }

    @Test
    void givesAFeatureTheStepsOfTheMeanThatItCaused() {
        Tree tree = Tree.ofLeaves(
                new int[] {1, -1, 0, -1, -1},
                new float[] {0.5f, 0, 2, 0, 0},
                new int[] {1, -1, 3, -1, -1},
                new int[] {2, -1, 4, -1, -1},
                new boolean[5],
                new double[] {0, -1, 0, 2, 6},
                new double[] {8, 4, 4, 3, 1});
        // The means: 3 at the inner node, 1 at the root.
        AdditiveEvaluator evaluator = new AdditiveEvaluator(new Additive(0.25, Linear.NONE, List.of(tree)));
        double[] contributions = new double[3];
        assertThat(evaluator.bias()).isEqualTo(1.25);
        assertThat(evaluator.margin(new double[] {2, 0.5, 9}, contributions)).isEqualTo(6.25);
        assertThat(contributions).containsExactly(3, 2, 0);
        assertThat(evaluator.margin(new double[] {2, 0.4, 9}, contributions)).isEqualTo(-0.75);
        assertThat(contributions).containsExactly(0, -2, 0);
    }

    @Test
    void comparesAsFloatsAndSendsTheMissingWhereTheNodeSays() {
        float threshold = 0.1f;
        for (boolean missingBelow : new boolean[] {true, false}) {
            AdditiveEvaluator evaluator = new AdditiveEvaluator(stump(threshold, missingBelow));
            assertThat(evaluator.margin(new double[] {0.1})).isEqualTo(1); // Less than 0.1f as a double.
            assertThat(evaluator.margin(new double[] {Math.nextDown(threshold)}))
                    .isEqualTo(-1);
            assertThat(evaluator.margin(new double[] {Double.NEGATIVE_INFINITY}))
                    .isEqualTo(-1);
            assertThat(evaluator.margin(new double[] {Double.POSITIVE_INFINITY}))
                    .isEqualTo(1);
            assertThat(evaluator.margin(new double[] {1e300})).isEqualTo(1);
            assertThat(evaluator.margin(new double[] {Double.NaN})).isEqualTo(missingBelow ? -1 : 1);
        }
        for (double zero : new double[] {0.0, -0.0}) {
            assertThat(new AdditiveEvaluator(stump(0f, false)).margin(new double[] {zero}))
                    .isEqualTo(1);
            assertThat(new AdditiveEvaluator(stump(-0f, false)).margin(new double[] {zero}))
                    .isEqualTo(1);
        }
        AdditiveEvaluator negative = new AdditiveEvaluator(stump(-3f, false));
        assertThat(negative.margin(new double[] {-2.5})).isEqualTo(1);
        assertThat(negative.margin(new double[] {-3.5})).isEqualTo(-1);
        assertThat(negative.margin(new double[] {-Float.MIN_VALUE})).isEqualTo(1);
    }

    @Test
    void takesAMissingNumberForTheMeanOfALinearTerm() {
        Linear linear = new Linear(new double[] {2, 1}, new double[] {1, 1}, new double[] {3, 1});
        AdditiveEvaluator evaluator = new AdditiveEvaluator(new Additive(0, linear, List.of()));
        double[] contributions = new double[2];
        assertThat(evaluator.margin(new double[] {Double.NaN, 5}, contributions))
                .isEqualTo(4);
        assertThat(contributions).containsExactly(0, 4);
    }

    @Test
    void scalesShiftsAndAddsModels() {
        Random random = new Random(5);
        Additive one = Ensembles.of(random, 4, 5, 3);
        Additive other =
                new Additive(0.5, Linear.NONE, Ensembles.of(random, 4, 3, 4).trees());
        double[] x = {0.1, -2, 1, Double.NaN};
        double expected =
                0.25 * new AdditiveEvaluator(one).margin(x) + 0.75 * new AdditiveEvaluator(other).margin(x) - 2;
        Additive average = one.scaled(0.25).plus(other.scaled(0.75)).shifted(-2);
        assertThat(new AdditiveEvaluator(average).margin(x)).isCloseTo(expected, within(1e-12));
        Additive doubled = one.plus(one);
        assertThat(new AdditiveEvaluator(doubled).margin(x))
                .isCloseTo(2 * new AdditiveEvaluator(one).margin(x), within(1e-12));
    }

    private static Additive stump(float threshold, boolean missingBelow) {
        Tree tree = Tree.ofLeaves(
                new int[] {0, -1, -1},
                new float[] {threshold, 0, 0},
                new int[] {1, -1, -1},
                new int[] {2, -1, -1},
                new boolean[] {missingBelow, false, false},
                new double[] {0, -1, 1},
                new double[] {2, 1, 1});
        return new Additive(0, Linear.NONE, List.of(tree));
    }

    private static int leaf(Tree tree, double[] x) {
        int node = 0;
        while (!tree.leaf(node)) {
            node = tree.child(node, x[tree.feature()[node]]);
        }
        return node;
    }
}
