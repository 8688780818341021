package io.datamill.step.score;

import java.io.Serializable;

/**
 * Computes an {@link Additive} for rows of its features. It keeps nothing of a row, so threads may share it.
 */
public final class AdditiveEvaluator implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double intercept;
    private final double[] means;
    private final double[] factors;
    private final PackedTrees trees;

    public AdditiveEvaluator(Additive additive) {
        Linear linear = additive.linear();
        intercept = additive.intercept();
        means = linear.means().clone();
        factors = new double[means.length];
        for (int i = 0; i < means.length; i++) {
            factors[i] = linear.weights()[i] / linear.scales()[i];
        }
        trees = new PackedTrees(additive.trees());
    }

    /** The log-odds that contributions are added to: the intercept and the mean value of each tree. */
    public double bias() {
        return intercept + trees.mean();
    }

    /**
     * @param x a number for each feature of the model; NaN where it is missing
     * @return log-odds of trust
     */
    public double margin(double[] x) {
        return margin(x, new double[x.length]);
    }

    /**
     * The same, with what each feature adds to {@link #bias}: of a linear term its value, of a tree the steps of the
     * mean value along the row's way (Saabas' path attribution). Bias and contributions sum to the margin, to rounding.
     *
     * @param contributions takes a number for each feature
     */
    public double margin(double[] x, double[] contributions) {
        return margin(x, contributions, trees.isEmpty() ? null : new int[2 * x.length]);
    }

    /** @param keys room for two numbers for each feature; may be null where there are no trees */
    double margin(double[] x, double[] contributions, int[] keys) {
        double sum = intercept;
        for (int i = 0; i < factors.length; i++) {
            double term = term(i, x[i]);
            contributions[i] = term;
            sum += term;
        }
        if (trees.isEmpty()) {
            return sum;
        }
        for (int i = factors.length; i < x.length; i++) {
            contributions[i] = 0;
        }
        return trees.add(sum, PackedTrees.keys(x, keys), contributions);
    }

    /** What the linear terms alone contribute. */
    double[] terms(double[] x) {
        double[] terms = new double[x.length];
        for (int i = 0; i < factors.length; i++) {
            terms[i] = term(i, x[i]);
        }
        return terms;
    }

    private double term(int i, double x) {
        double term = factors[i] * (x - means[i]);
        return Double.isNaN(term) ? 0 : term;
    }
}
