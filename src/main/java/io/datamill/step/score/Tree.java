package io.datamill.step.score;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Arrays;

/**
 * A binary tree of an {@link Additive}, node by node; node 0 is the root and a child stands behind its parent. A row goes
 * {@code below} where {@code (float) x < threshold}, as XGBoost compares, and where x is NaN, as the node says. The arrays
 * are not to be changed.
 *
 * @param feature the model's feature that a node asks for; {@code -1} makes it a leaf
 * @param threshold 0 for a leaf
 * @param below the child for what is below the threshold; {@code -1} for a leaf
 * @param notBelow the child for what is not; {@code -1} for a leaf
 * @param missingBelow whether NaN goes {@code below}
 * @param value log-odds of trust: a leaf's own; of an inner node the mean of the leaves under it, weighted by their
 *     cover, from which path attribution takes its steps
 * @param cover how much of the training data came by, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // Up to many thousand numbers; equality is defined below.
public record Tree(
        @JsonSerialize(using = OneLine.class) int[] feature,
        @JsonSerialize(using = OneLine.class) float[] threshold,
        @JsonSerialize(using = OneLine.class) int[] below,
        @JsonSerialize(using = OneLine.class) int[] notBelow,
        @JsonSerialize(using = OneLine.class) boolean[] missingBelow,
        @JsonSerialize(using = OneLine.class) double[] value,
        @JsonSerialize(using = OneLine.class) double[] cover) {
    static final int MAX_NODES = 1 << 16;
    static final int MAX_DEPTH = 64;
    static final int LEAF = -1;

    public Tree {
        int nodes = feature.length;
        Checks.require(nodes >= 1 && nodes <= MAX_NODES, "expected 1 to " + MAX_NODES + " nodes; found " + nodes);
        for (int length : new int[] {
            threshold.length, below.length, notBelow.length, missingBelow.length, value.length, cover.length
        }) {
            Checks.require(length == nodes, "expected arrays of " + nodes + " nodes; found one of " + length);
        }
        feature = feature.clone();
        threshold = threshold.clone();
        below = below.clone();
        notBelow = notBelow.clone();
        missingBelow = missingBelow.clone();
        value = value.clone();
        cover = cover.clone();
        checkNumbers(threshold, value, cover);
        checkShape(feature, below, notBelow);
    }

    /**
     * A tree of which only the leaves have values: those of the inner nodes are computed.
     *
     * @param value what it holds for inner nodes is not looked at
     */
    @SuppressWarnings("checkstyle:ParameterNumber") // The record's components.
    public static Tree ofLeaves(
            int[] feature,
            float[] threshold,
            int[] below,
            int[] notBelow,
            boolean[] missingBelow,
            double[] value,
            double[] cover) {
        double[] means = new double[value.length];
        for (int node = 0; node < value.length; node++) {
            means[node] = feature[node] == LEAF ? value[node] : 0;
        }
        Tree tree = new Tree(feature, threshold, below, notBelow, missingBelow, means, cover);
        for (int node = value.length - 1; node >= 0; node--) {
            if (feature[node] != LEAF) {
                double share = tree.shareBelow(node);
                means[node] = share * means[below[node]] + (1 - share) * means[notBelow[node]];
            }
        }
        return tree.valued(means);
    }

    int highestFeature() {
        return Arrays.stream(feature).max().orElse(LEAF);
    }

    boolean leaf(int node) {
        return feature[node] == LEAF;
    }

    /** Where a row goes from an inner node. */
    int child(int node, double x) {
        float narrow = (float) x;
        return narrow < threshold[node] || (Float.isNaN(narrow) && missingBelow[node]) ? below[node] : notBelow[node];
    }

    /** The share of the training data that went below at an inner node; half where none came by. */
    double shareBelow(int node) {
        double low = cover[below[node]];
        double both = low + cover[notBelow[node]];
        return both > 0 ? low / both : 0.5;
    }

    /** The longest way from the root to a leaf, in steps. */
    int depth() {
        return Arrays.stream(depths(feature, below, notBelow)).max().orElse(0);
    }

    Tree scaled(double factor) {
        return valued(Arrays.stream(value).map(one -> one * factor).toArray());
    }

    private Tree valued(double[] values) {
        return new Tree(feature, threshold, below, notBelow, missingBelow, values, cover);
    }

    private static void checkNumbers(float[] threshold, double[] value, double[] cover) {
        for (int node = 0; node < value.length; node++) {
            Checks.finite("threshold[" + node + ']', threshold[node]);
            Checks.finite("value[" + node + ']', value[node]);
            Checks.finite("cover[" + node + ']', cover[node]);
            Checks.require(cover[node] >= 0, "cover[" + node + "]: expected a number from 0; found " + cover[node]);
        }
    }

    private static void checkShape(int[] feature, int[] below, int[] notBelow) {
        boolean[] reached = new boolean[feature.length];
        reached[0] = true;
        for (int node = 0; node < feature.length; node++) {
            Checks.require(reached[node], "node " + node + " is no node's child");
            Checks.require(feature[node] >= LEAF, "feature[" + node + "]: expected -1 or more; found " + feature[node]);
            checkChild("below", feature, node, below[node], reached);
            checkChild("notBelow", feature, node, notBelow[node], reached);
        }
        int depth = Arrays.stream(depths(feature, below, notBelow)).max().orElse(0);
        Checks.require(depth <= MAX_DEPTH, "expected a depth of at most " + MAX_DEPTH + "; found " + depth);
    }

    private static void checkChild(String key, int[] feature, int node, int child, boolean[] reached) {
        String at = key + '[' + node + "]: ";
        if (feature[node] == LEAF) {
            Checks.require(child == LEAF, at + "expected -1 of a leaf; found " + child);
            return;
        }
        Checks.require(
                child > node && child < feature.length,
                at + "expected a node behind " + node + " and below " + feature.length + "; found " + child);
        Checks.require(!reached[child], at + "node " + child + " has two parents");
        reached[child] = true;
    }

    private static int[] depths(int[] feature, int[] below, int[] notBelow) {
        int[] depths = new int[feature.length];
        for (int node = 0; node < feature.length; node++) {
            if (feature[node] != LEAF) {
                depths[below[node]] = depths[node] + 1;
                depths[notBelow[node]] = depths[node] + 1;
            }
        }
        return depths;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tree tree
                && Arrays.equals(feature, tree.feature)
                && Arrays.equals(threshold, tree.threshold)
                && Arrays.equals(below, tree.below)
                && Arrays.equals(notBelow, tree.notBelow)
                && Arrays.equals(missingBelow, tree.missingBelow)
                && Arrays.equals(value, tree.value)
                && Arrays.equals(cover, tree.cover);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(threshold) + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Tree of " + feature.length + " nodes";
    }
}
