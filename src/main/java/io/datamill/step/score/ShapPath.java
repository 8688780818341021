package io.datamill.step.score;

/**
 * The features on the way to a node, each once, with the weights of the subsets of them that are known: what {@link
 * TreeShap} carries down a tree. Entry 0 stands for no feature.
 */
final class ShapPath {
    private final int[] feature;
    /** The share of the cover that goes this way where the feature is unknown. */
    private final double[] unknown;
    /** 1 where the row itself goes this way, or else 0. */
    private final double[] known;
    /** By how many of the features are known: the sum of the weights of those subsets. */
    private final double[] weight;

    private int length;

    ShapPath(int capacity) {
        feature = new int[capacity];
        unknown = new double[capacity];
        known = new double[capacity];
        weight = new double[capacity];
    }

    int length() {
        return length;
    }

    int feature(int entry) {
        return feature[entry];
    }

    double unknown(int entry) {
        return unknown[entry];
    }

    double known(int entry) {
        return known[entry];
    }

    void copy(ShapPath from) {
        length = from.length;
        System.arraycopy(from.feature, 0, feature, 0, length);
        System.arraycopy(from.unknown, 0, unknown, 0, length);
        System.arraycopy(from.known, 0, known, 0, length);
        System.arraycopy(from.weight, 0, weight, 0, length);
    }

    void clear() {
        length = 0;
    }

    int find(int asked) {
        for (int i = 1; i < length; i++) {
            if (feature[i] == asked) {
                return i;
            }
        }
        return -1;
    }

    void extend(double unknownShare, double knownShare, int asked) {
        feature[length] = asked;
        unknown[length] = unknownShare;
        known[length] = knownShare;
        weight[length] = length == 0 ? 1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            weight[i + 1] += knownShare * weight[i] * (i + 1) / (length + 1);
            weight[i] = unknownShare * weight[i] * (length - i) / (length + 1);
        }
        length++;
    }

    /** Takes an entry out, as if it had never been put in. */
    void unwind(int entry) {
        int last = length - 1;
        double next = weight[last];
        for (int i = last - 1; i >= 0; i--) {
            if (known[entry] != 0) {
                double before = weight[i];
                weight[i] = next * length / ((i + 1) * known[entry]);
                next = before - weight[i] * unknown[entry] * (last - i) / length;
            } else {
                weight[i] = weight[i] * length / (unknown[entry] * (last - i));
            }
        }
        for (int i = entry; i < last; i++) {
            feature[i] = feature[i + 1];
            unknown[i] = unknown[i + 1];
            known[i] = known[i + 1];
        }
        length = last;
    }

    /** The sum of the weights that would be left without an entry. */
    double without(int entry) {
        int last = length - 1;
        double next = weight[last];
        double sum = 0;
        for (int i = last - 1; i >= 0; i--) {
            if (known[entry] != 0) {
                double one = next * length / ((i + 1) * known[entry]);
                sum += one;
                next = weight[i] - one * unknown[entry] * (last - i) / length;
            } else if (unknown[entry] != 0) {
                sum += weight[i] * length / (unknown[entry] * (last - i));
            }
        }
        return sum;
    }
}
