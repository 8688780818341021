package io.datamill.step.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Log-odds of trust as a sum: an intercept, a term of each feature and the leaf that each tree gives. Boosting, forests,
 * logistic regressions, their weighted averages and an affine calibration of them are all of this form.
 *
 * @param linear {@link Linear#NONE} where there are only trees
 * @param trees at most {@value #MAX_TREES}, may be none
 */
public record Additive(double intercept, Linear linear, List<Tree> trees) implements Scorer {
    static final int MAX_TREES = 10_000;

    public Additive {
        Checks.finite("intercept", intercept);
        Checks.require(trees.size() <= MAX_TREES, "trees: expected at most " + MAX_TREES + "; found " + trees.size());
        trees = List.copyOf(trees);
    }

    @Override
    public void check(int features) {
        int terms = linear.weights().length;
        Checks.require(
                terms == 0 || terms == features, "linear: expected " + features + " weights or none; found " + terms);
        for (int i = 0; i < trees.size(); i++) {
            int highest = trees.get(i).highestFeature();
            Checks.require(
                    highest < features,
                    "trees[" + i + "]: feature: expected a number below " + features + "; found " + highest);
        }
    }

    /** The same model with each of its log-odds multiplied. */
    public Additive scaled(double factor) {
        return new Additive(
                intercept * factor,
                linear.scaled(factor),
                trees.stream().map(tree -> tree.scaled(factor)).toList());
    }

    /**
     * The model whose log-odds are the sum of both.
     *
     * @throws IllegalArgumentException if both have linear terms of other means or scales
     */
    public Additive plus(Additive other) {
        List<Tree> both = new ArrayList<>(trees);
        both.addAll(other.trees);
        return new Additive(intercept + other.intercept, linear.plus(other.linear), both);
    }

    /** The same model with a constant added to its log-odds. */
    public Additive shifted(double by) {
        return new Additive(intercept + by, linear, trees);
    }
}
