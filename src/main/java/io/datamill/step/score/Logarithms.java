package io.datamill.step.score;

/** The same bits on every machine, so that training is repeatable; and fast for counts, which most arguments are. */
public final class Logarithms {
    private static final double[] OF_COUNTS = new double[1024];

    static {
        for (int i = 0; i < OF_COUNTS.length; i++) {
            OF_COUNTS[i] = StrictMath.log1p(i);
        }
    }

    private Logarithms() {}

    /** ln(1 + x) of a number from 0. */
    public static double log1p(double x) {
        int count = (int) x;
        return count == x && count < OF_COUNTS.length ? OF_COUNTS[count] : StrictMath.log1p(x);
    }
}
