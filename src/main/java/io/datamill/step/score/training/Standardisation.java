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

    static Standardisation of(double[][] rows) {
        int columns = rows[0].length;
        double[] means = new double[columns];
        double[] scales = new double[columns];
        for (int column = 0; column < columns; column++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += row[column];
            }
            double mean = sum / rows.length;
            double squares = 0;
            for (double[] row : rows) {
                squares += (row[column] - mean) * (row[column] - mean);
            }
            double deviation = Math.sqrt(squares / rows.length);
            means[column] = Decimals.rounded(mean);
            scales[column] = deviation <= NOISE * Math.abs(mean) ? 0 : Decimals.rounded(deviation);
        }
        return new Standardisation(means, scales);
    }

    /** A column that never varies becomes 0. */
    double[] apply(double[] row) {
        double[] standard = new double[row.length];
        for (int column = 0; column < row.length; column++) {
            standard[column] = scales[column] == 0 ? 0 : (row[column] - means[column]) / scales[column];
        }
        return standard;
    }
}
