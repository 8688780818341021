package io.datamill.step.score.training;

/**
 * What brings each column to mean 0 and deviation 1.
 *
 * @param scales population standard deviations; 0 for a column that never varies
 */
@SuppressWarnings("ArrayRecordComponent") // Columns, by position.
record Standardisation(double[] means, double[] scales) {
    /** Below this share of a column's mean a deviation is rounding, not variation. */
    private static final double NOISE = 1e-9;

    /** NaN is left out of both. */
    static Standardisation of(double[][] rows, double[] weights) {
        int columns = rows[0].length;
        double[] means = new double[columns];
        double[] scales = new double[columns];
        for (int column = 0; column < columns; column++) {
            double mean = mean(rows, weights, column, 0, 1);
            double deviation = Math.sqrt(mean(rows, weights, column, mean, 2));
            means[column] = Decimals.rounded(mean);
            scales[column] = deviation <= NOISE * Math.abs(mean) ? 0 : Decimals.rounded(deviation);
        }
        return new Standardisation(means, scales);
    }

    /** Of a power of the distance from a centre; 0 where there is no number. */
    private static double mean(double[][] rows, double[] weights, int column, double centre, int power) {
        double sum = 0;
        double weight = 0;
        for (int row = 0; row < rows.length; row++) {
            double distance = rows[row][column] - centre;
            if (!Double.isNaN(distance)) {
                sum += weights[row] * (power == 2 ? distance * distance : distance);
                weight += weights[row];
            }
        }
        return weight == 0 ? 0 : sum / weight;
    }

    /** A column that never varies becomes 0, and so does NaN. */
    double[] apply(double[] row) {
        double[] standard = new double[row.length];
        for (int column = 0; column < row.length; column++) {
            boolean says = scales[column] > 0 && !Double.isNaN(row[column]);
            standard[column] = says ? (row[column] - means[column]) / scales[column] : 0;
        }
        return standard;
    }
}
