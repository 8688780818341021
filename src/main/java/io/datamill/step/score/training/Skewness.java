package io.datamill.step.score.training;

import io.datamill.step.score.Logarithms;
import java.util.Arrays;

/**
 * Whether a column is better looked at by its logarithm: a few large numbers, as counts and sizes have them, would
 * otherwise decide a linear model. To trees it makes no difference.
 */
final class Skewness {
    /** That of the exponential distribution is 2, of a bell curve 0. */
    private static final double MUCH = 1;

    private Skewness() {}

    /** Whether no number is negative, some lie far above the others, and ln(1 + x) brings them nearer. */
    static boolean mendedByLogarithm(double[] column) {
        double[] numbers =
                Arrays.stream(column).filter(x -> !Double.isNaN(x)).sorted().toArray();
        if (numbers.length == 0 || numbers[0] < 0 || twoValues(numbers)) {
            return false;
        }
        double skewness = of(numbers);
        return skewness > MUCH
                && of(Arrays.stream(numbers).map(Logarithms::log1p).toArray()) < skewness;
    }

    private static boolean twoValues(double[] sorted) {
        return Arrays.stream(sorted).allMatch(x -> x == sorted[0] || x == sorted[sorted.length - 1]);
    }

    /** The third standardised moment; 0 where nothing varies. */
    private static double of(double[] numbers) {
        double mean = Arrays.stream(numbers).average().orElse(0);
        double squares = 0;
        double cubes = 0;
        for (double number : numbers) {
            double distance = number - mean;
            squares += distance * distance;
            cubes += distance * distance * distance;
        }
        double variance = squares / numbers.length;
        return variance == 0 ? 0 : cubes / numbers.length / (variance * Math.sqrt(variance));
    }
}
