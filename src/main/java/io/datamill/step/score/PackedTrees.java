package io.datamill.step.score;

import java.io.Serializable;
import java.util.List;

/**
 * Trees laid out for speed: a node is one long, its children stand side by side, and a step is arithmetic without a
 * branch that the processor could guess wrong. Four trees are walked at a time, so that one's loads hide the others'.
 *
 * <p>A node holds, from the top, 32 bits of threshold, {@value #FEATURE_BITS} of feature and {@value #OFFSET_BITS} of
 * the distance to its first child. Thresholds and values are compared as {@link #key} orders them. Each feature has two
 * keys, of which NaN is the least and the greatest: a node asks for the one that sends a missing value where it shall
 * go. A leaf is its own child: all ways through a tree have the length of the longest.
 */
final class PackedTrees implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FEATURE_BITS = 13;
    private static final int OFFSET_BITS = 19;
    private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;
    private static final int FEATURE_MASK = (1 << FEATURE_BITS) - 1;

    private final int[] roots;
    private final int[] depths;
    private final long[] nodes;
    private final double[] values;
    private final double mean;

    PackedTrees(List<Tree> trees) {
        roots = new int[trees.size()];
        depths = new int[trees.size()];
        int size = trees.stream().mapToInt(tree -> tree.feature().length).sum();
        nodes = new long[size];
        values = new double[size];
        double roots = 0;
        int at = 0;
        for (int i = 0; i < trees.size(); i++) {
            this.roots[i] = at;
            depths[i] = trees.get(i).depth();
            roots += trees.get(i).value()[0];
            at = pack(trees.get(i), at);
        }
        mean = roots;
    }

    /** Level by level from a place on; gives the place behind. */
    private int pack(Tree tree, int at) {
        int size = tree.feature().length;
        int[] order = new int[size];
        int found = 1;
        for (int i = 0; i < size; i++) {
            int node = order[i];
            values[at + i] = tree.value()[node];
            if (tree.leaf(node)) {
                nodes[at + i] = node(Integer.MAX_VALUE, 0, 0);
            } else {
                int key = 2 * tree.feature()[node] + (tree.missingBelow()[node] ? 0 : 1);
                nodes[at + i] = node(key(tree.threshold()[node]), key, found - i);
                order[found++] = tree.below()[node];
                order[found++] = tree.notBelow()[node];
            }
        }
        return at + size;
    }

    private static long node(int threshold, int key, int offset) {
        return ((long) threshold << 32) | ((long) key << OFFSET_BITS) | offset;
    }

    boolean isEmpty() {
        return roots.length == 0;
    }

    /** The sum of the trees' mean values. */
    double mean() {
        return mean;
    }

    /** An int that is less exactly where the float is; -0 and 0 are the same. */
    private static int key(float value) {
        int bits = Float.floatToRawIntBits(value + 0f);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }

    /** Fills in the keys of a row, two for each feature. */
    static int[] keys(double[] x, int[] keys) {
        for (int i = 0; i < x.length; i++) {
            float value = (float) x[i];
            int key = key(value);
            boolean missing = Float.isNaN(value);
            keys[2 * i] = missing ? Integer.MIN_VALUE : key;
            keys[2 * i + 1] = missing ? Integer.MAX_VALUE : key;
        }
        return keys;
    }

    /**
     * The sum with the leaves that a row reaches, tree by tree; each step of the value on the way is added to the
     * feature that the step asked for.
     */
    double add(double sum, int[] keys, double[] contributions) {
        int i = 0;
        for (; i + 3 < roots.length; i += 4) {
            int a = roots[i];
            int b = roots[i + 1];
            int c = roots[i + 2];
            int d = roots[i + 3];
            int depth = Math.max(Math.max(depths[i], depths[i + 1]), Math.max(depths[i + 2], depths[i + 3]));
            for (int level = 0; level < depth; level++) {
                a = step(a, keys, contributions);
                b = step(b, keys, contributions);
                c = step(c, keys, contributions);
                d = step(d, keys, contributions);
            }
            sum = sum + values[a] + values[b] + values[c] + values[d];
        }
        for (; i < roots.length; i++) {
            int a = roots[i];
            for (int level = 0; level < depths[i]; level++) {
                a = step(a, keys, contributions);
            }
            sum += values[a];
        }
        return sum;
    }

    private int step(int at, int[] keys, double[] contributions) {
        long node = nodes[at];
        int child = child(at, node, keys);
        contributions[feature(node) >> 1] += values[child] - values[at];
        return child;
    }

    private static int child(int at, long node, int[] keys) {
        long threshold = node >> 32;
        // 0 where the key is below the threshold, or else 1.
        int notBelow = 1 + (int) ((keys[feature(node)] - threshold) >> 63);
        return at + ((int) node & OFFSET_MASK) + notBelow;
    }

    private static int feature(long node) {
        return (int) (node >>> OFFSET_BITS) & FEATURE_MASK;
    }
}
