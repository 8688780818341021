package io.datamill.step.fitted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/** The principal components of a sample: the eigenvectors of its covariance, which is kept up row by row. */
final class PcaFitting implements Fitting {
    /** Weights that differ by less, relative to the greatest, are equal but for rounding: the first decides the sign. */
    private static final double EQUAL = 1e-9;

    private final Columns columns;
    private final List<String> fields;
    private final int components;
    private final double[] row;
    private final double[] off;
    private final double[] means;
    /** Sums of the products of deviations; the lower half is kept. */
    private final double[][] products;

    private long rows;
    private long counted;

    PcaFitting(Columns columns, List<String> fields, int components) {
        int size = fields.size();
        this.columns = columns;
        this.fields = fields;
        this.components = components;
        this.row = new double[size];
        this.off = new double[size];
        this.means = new double[size];
        this.products = new double[size][size];
    }

    @Override
    public void add(Object[] values) {
        rows++;
        for (int i = 0; i < row.length; i++) {
            row[i] = columns.read(i, values);
            if (!Double.isFinite(row[i])) {
                return;
            }
        }
        counted++;
        for (int i = 0; i < row.length; i++) {
            off[i] = row[i] - means[i];
            means[i] += off[i] / counted;
            for (int j = 0; j <= i; j++) {
                products[i][j] += (row[i] - means[i]) * off[j];
            }
        }
    }

    @Override
    public Object parameters() throws UnsuitableSampleException {
        if (counted < 2) {
            throw new UnsuitableSampleException("pca needs 2 rows in which all of " + fields + " have a value, but "
                    + counted + " of the sample's " + rows + " are such");
        }
        double[][] covariance = covariance();
        double total = IntStream.range(0, row.length)
                .mapToDouble(i -> covariance[i][i])
                .sum();
        if (!Double.isFinite(total) || total == 0) {
            throw new UnsuitableSampleException(
                    "pca of " + fields + ": " + (total == 0 ? "all rows are the same" : "the numbers are too large"));
        }
        EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
        double[] variances = eigen.getRealEigenvalues();
        List<Integer> order = IntStream.range(0, row.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> variances[i]).reversed())
                .limit(components)
                .toList();
        List<Pca.Component> found = new ArrayList<>();
        for (int i : order) {
            // Rounding can bring a variance of 0 below it.
            double variance = Math.max(0, variances[i]);
            List<Double> weights = signed(eigen.getEigenvector(i).toArray());
            found.add(new Pca.Component(variance, variance / total, weights));
        }
        return new Pca.Learned(fields, DoubleStream.of(means).boxed().toList(), found);
    }

    private double[][] covariance() {
        double[][] covariance = new double[row.length][row.length];
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i][j] = products[i][j] / (counted - 1);
                covariance[j][i] = covariance[i][j];
            }
        }
        return covariance;
    }

    private static List<Double> signed(double[] weights) {
        double greatest = Norm.MAX.of(weights);
        double first = DoubleStream.of(weights)
                .filter(weight -> Math.abs(weight) >= greatest * (1 - EQUAL))
                .findFirst()
                .orElse(1);
        // + 0.0: no zero of negative sign.
        return DoubleStream.of(weights)
                .map(weight -> (first < 0 ? -weight : weight) + 0.0)
                .boxed()
                .toList();
    }
}
