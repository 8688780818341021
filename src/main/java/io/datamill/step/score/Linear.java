package io.datamill.step.score;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.Arrays;

/**
 * Terms of an {@link Additive}, one for each feature of the model: {@code weight * (x - mean) / scale}, and 0 where x is
 * NaN, which thus counts as the mean. The arrays are not to be changed.
 *
 * @param means of the features over the training data
 * @param scales their standard deviations there, above 0
 * @param weights log-odds of trust per standard deviation
 */
@SuppressWarnings("ArrayRecordComponent") // Up to a thousand numbers; equality is defined below.
public record Linear(
        @JsonSerialize(using = OneLine.class) double[] means,
        @JsonSerialize(using = OneLine.class) double[] scales,
        @JsonSerialize(using = OneLine.class) double[] weights) {

    /** No terms. */
    public static final Linear NONE = new Linear(new double[0], new double[0], new double[0]);

    public Linear {
        Checks.require(
                means.length == weights.length && scales.length == weights.length,
                "expected as many means and scales as weights, which are " + weights.length + "; found " + means.length
                        + " and " + scales.length);
        Checks.finite("means", means);
        Checks.finite("scales", scales);
        Checks.finite("weights", weights);
        for (int i = 0; i < scales.length; i++) {
            Checks.require(scales[i] > 0, "scales[" + i + "]: expected a number above 0; found " + scales[i]);
        }
        means = means.clone();
        scales = scales.clone();
        weights = weights.clone();
    }

    Linear scaled(double factor) {
        return new Linear(
                means,
                scales,
                Arrays.stream(weights).map(weight -> weight * factor).toArray());
    }

    Linear plus(Linear other) {
        if (weights.length == 0 || other.weights.length == 0) {
            return weights.length == 0 ? other : this;
        }
        Checks.require(
                Arrays.equals(means, other.means) && Arrays.equals(scales, other.scales),
                "linear terms can be added only where they have the same means and scales");
        double[] sums = weights.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.weights[i];
        }
        return new Linear(means, scales, sums);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Linear linear
                && Arrays.equals(means, linear.means)
                && Arrays.equals(scales, linear.scales)
                && Arrays.equals(weights, linear.weights);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(weights);
    }

    @Override
    public String toString() {
        return "Linear of " + weights.length + " terms";
    }
}
