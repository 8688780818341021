package io.datamill.step.score;

import java.util.List;

/**
 * A scorer whose parts add up to the log-odds of trust.
 *
 * @param linear null where it has none
 */
public record Additive(double intercept, Linear linear) {

    /** One number for each feature: {@code weight * (x - mean) / scale}. */
    public record Linear(List<Double> means, List<Double> scales, List<Double> weights) {
        public Linear {
            means = List.copyOf(means);
            scales = List.copyOf(scales);
            weights = List.copyOf(weights);
        }
    }
}
