package io.datamill.step.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreeShapTest {
    private static final int FEATURES = 5;

    @Test
    void isTheMeanOfWhatAFeatureAddsOverAllOrders() {
        Random random = new Random(11);
        for (int model = 0; model < 30; model++) {
            Additive additive = Ensembles.of(random, FEATURES, 1 + model % 4, model % 8);
            double[] x = Ensembles.row(random, FEATURES);
            double[] contributions = new TreeShap(additive).contributions(x);
            for (int feature = 0; feature < FEATURES; feature++) {
                assertThat(contributions[feature]).isCloseTo(shapley(additive, x, feature), within(1e-10));
            }
        }
    }

    @Test
    void sumsToTheMarginWithTheBias() {
        Random random = new Random(12);
        for (int model = 0; model < 40; model++) {
            Additive additive = Ensembles.of(random, FEATURES, 20, model % 12);
            TreeShap shap = new TreeShap(additive);
            AdditiveEvaluator evaluator = new AdditiveEvaluator(additive);
            for (int row = 0; row < 5; row++) {
                double[] x = Ensembles.row(random, FEATURES);
                double sum = shap.bias() + Arrays.stream(shap.contributions(x)).sum();
                assertThat(sum).isCloseTo(evaluator.margin(x), within(1e-9));
            }
        }
    }

    /** By the definition: over all subsets of the other features. */
    private static double shapley(Additive model, double[] x, int feature) {
        double sum = 0;
        for (int known = 0; known < 1 << FEATURES; known++) {
            if ((known & 1 << feature) == 0) {
                int size = Integer.bitCount(known);
                double weight = factorial(size) * factorial(FEATURES - size - 1) / factorial(FEATURES);
                sum += weight * (expected(model, x, known | 1 << feature) - expected(model, x, known));
            }
        }
        return sum;
    }

    private static double factorial(int n) {
        return n == 0 ? 1 : n * factorial(n - 1);
    }

    /** Where a feature is unknown, a linear term is its mean's and a tree goes both ways. */
    private static double expected(Additive model, double[] x, int known) {
        double sum = model.intercept();
        Linear linear = model.linear();
        for (int i = 0; i < FEATURES; i++) {
            boolean counts = (known & 1 << i) != 0 && !Double.isNaN(x[i]);
            sum += counts ? linear.weights()[i] * (x[i] - linear.means()[i]) / linear.scales()[i] : 0;
        }
        for (Tree tree : model.trees()) {
            sum += expected(tree, 0, x, known);
        }
        return sum;
    }

    private static double expected(Tree tree, int node, double[] x, int known) {
        if (tree.leaf(node)) {
            return tree.value()[node];
        }
        int feature = tree.feature()[node];
        if ((known & 1 << feature) != 0) {
            return expected(tree, tree.child(node, x[feature]), x, known);
        }
        int below = tree.below()[node];
        int notBelow = tree.notBelow()[node];
        double low = tree.cover()[below];
        double high = tree.cover()[notBelow];
        return (low * expected(tree, below, x, known) + high * expected(tree, notBelow, x, known)) / (low + high);
    }
}
