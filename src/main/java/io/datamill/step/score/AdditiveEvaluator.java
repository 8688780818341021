package io.datamill.step.score;

import java.io.Serializable;
import java.util.List;

/** Computes an {@link Additive} for rows of its features. It holds no state of a row, so threads may share it. */
public final class AdditiveEvaluator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double intercept;
    private final double bias;
    private final double[] means;
    private final double[] factors;
    private final int[] roots;
    private final int[] feature;
    private final float[] threshold;
    private final int[] below;
    private final int[] notBelow;
    private final boolean[] missingBelow;
    private final double[] value;

    public AdditiveEvaluator(Additive additive) {
        Linear linear = additive.linear();
        intercept = additive.intercept();
        means = linear.means().clone();
        factors = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            factors[i] = linear.weights()[i] / linear.scales()[i];
        }
        List<Tree> trees = additive.trees();
        int nodes = trees.stream().mapToInt(tree -> tree.feature().length).sum();
        roots = new int[trees.size()];
        feature = new int[nodes];
        threshold = new float[nodes];
        below = new int[nodes];
        notBelow = new int[nodes];
        missingBelow = new boolean[nodes];
        value = new double[nodes];
        double roots = 0;
        int at = 0;
        for (int i = 0; i < trees.size(); i++) {
            this.roots[i] = at;
            roots += trees.get(i).value()[0];
            add(trees.get(i), at);
            at += trees.get(i).feature().length;
        }
        bias = intercept + roots;
    }

    private void add(Tree tree, int at) {
        for (int node = 0; node < tree.feature().length; node++) {
            feature[at + node] = tree.feature()[node];
            threshold[at + node] = tree.threshold()[node];
            below[at + node] = at + tree.below()[node];
            notBelow[at + node] = at + tree.notBelow()[node];
            missingBelow[at + node] = tree.missingBelow()[node];
            value[at + node] = tree.value()[node];
        }
    }

    /** The log-odds that {@link #margin(double[], double[])} starts from: the intercept and the trees' mean values. */
    public double bias() {
        return bias;
    }

    /**
     * @param x a number for each feature of the model; NaN where it is missing
     * @return log-odds of trust, the same bits as those of {@link #margin(double[], double[])}
     */
    public double margin(double[] x) {
        double sum = intercept;
        for (int i = 0; i < factors.length; i++) {
            sum += term(i, x[i]);
        }
        for (int node : roots) {
            while (feature[node] >= 0) {
                node = child(node, x[feature[node]]);
            }
            sum += value[node];
        }
        return sum;
    }

    /**
     * The same, with what each feature adds to {@link #bias}: of a linear term its value, of a tree the steps of the
     * mean value along the row's path (Saabas' attribution). Bias and contributions sum to the margin, to rounding.
     *
     * @param contributions takes a number for each feature
     */
    public double margin(double[] x, double[] contributions) {
        double sum = intercept;
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = i < factors.length ? term(i, x[i]) : 0;
            sum += contributions[i];
        }
        for (int node : roots) {
            while (feature[node] >= 0) {
                int asked = feature[node];
                int child = child(node, x[asked]);
                contributions[asked] += value[child] - value[node];
                node = child;
            }
            sum += value[node];
        }
        return sum;
    }

    private double term(int i, double x) {
        double term = factors[i] * (x - means[i]);
        return Double.isNaN(term) ? 0 : term;
    }

    private int child(int node, double x) {
        float narrow = (float) x;
        return narrow < threshold[node] || narrow != narrow && missingBelow[node] ? below[node] : notBelow[node];
    }
}
