package io.datamill.step.fitted;

/** The length of a vector. */
enum Norm {
    /** The sum of absolute values. */
    L1,
    /** The square root of the sum of squares. */
    L2,
    /** The greatest absolute value. */
    MAX;

    /** 0 of a vector of zeros; NaN where one of the numbers is. */
    double of(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            double absolute = Math.abs(value);
            sum = switch (this) {
                case L1 -> sum + absolute;
                case L2 -> sum + value * value;
                case MAX -> Math.max(sum, absolute);
            };
        }
        return this == L2 ? root(sum, vector) : sum;
    }

    /** Squares of what is very large or small leave the range of a double: then they are taken of shares. */
    private static double root(double squares, double[] vector) {
        if (squares >= Double.MIN_NORMAL && squares <= Double.MAX_VALUE) {
            return Math.sqrt(squares);
        }
        double largest = MAX.of(vector);
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double sum = 0;
        for (double value : vector) {
            sum += (value / largest) * (value / largest);
        }
        return largest * Math.sqrt(sum);
    }
}
