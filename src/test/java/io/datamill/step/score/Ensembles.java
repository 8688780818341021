package io.datamill.step.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random additive models and rows for them. */
public final class Ensembles {
    private Ensembles() {}

    /** Trees of which each is cut off somewhere up to the depth, with linear terms. */
    public static Additive of(Random random, int features, int trees, int depth) {
        double[] means = random.doubles(features, -1, 1).toArray();
        double[] scales = random.doubles(features, 0.5, 2).toArray();
        double[] weights = random.doubles(features, -1, 1).toArray();
        return new Additive(
                random.nextGaussian(),
                new Linear(means, scales, weights),
                Stream.generate(() -> tree(random, features, depth))
                        .limit(trees)
                        .toList());
    }

    /** Values from -3 to 3 in steps that thresholds have too; one in eight is missing. */
    public static double[] row(Random random, int features) {
        return random.doubles(features)
                .map(one -> one < 0.125 ? Double.NaN : grid(one))
                .toArray();
    }

    private static float grid(double share) {
        return Math.round((share - 0.5) * 60) / 10f;
    }

    private static Tree tree(Random random, int features, int depth) {
        Growing growing = new Growing(random, features);
        growing.grow(depth, 1 + random.nextInt(1000));
        int nodes = growing.rows.size();
        int[] feature = new int[nodes];
        float[] threshold = new float[nodes];
        int[] below = new int[nodes];
        int[] notBelow = new int[nodes];
        boolean[] missingBelow = new boolean[nodes];
        double[] value = new double[nodes];
        double[] cover = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            double[] row = growing.rows.get(i);
            feature[i] = (int) row[0];
            threshold[i] = (float) row[1];
            below[i] = (int) row[2];
            notBelow[i] = (int) row[3];
            missingBelow[i] = row[4] == 1;
            value[i] = row[5];
            cover[i] = row[6];
        }
        return Tree.ofLeaves(feature, threshold, below, notBelow, missingBelow, value, cover);
    }

    private record Growing(Random random, int features, List<double[]> rows) {
        Growing(Random random, int features) {
            this(random, features, new ArrayList<>());
        }

        int grow(int depth, double cover) {
            int node = rows.size();
            boolean leaf = depth == 0 || random.nextInt(6) == 0;
            double[] row = {-1, 0, -1, -1, 0, random.nextGaussian(), cover};
            rows.add(row);
            if (!leaf) {
                row[0] = random.nextInt(features);
                row[1] = grid(random.nextDouble());
                row[4] = random.nextInt(2);
                double share = random.nextDouble();
                row[2] = grow(depth - 1, cover * share);
                row[3] = grow(depth - 1, cover * (1 - share));
            }
            return node;
        }
    }
}
