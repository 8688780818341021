package io.datamill.step.score.training;

import io.datamill.step.score.Additive;

/**
 * What makes probabilities of margins: {@code slope * margin + offset} is the log-odds of trust, fitted to margins of
 * rows that the model had not seen (J. Platt, Probabilistic outputs for support vector machines, 1999, with his targets
 * for few rows). It is affine, so that a calibrated {@link Additive} is one still and keeps the order of its scores.
 */
record Calibration(double slope, double offset) {
    private static final int MOST_STEPS = 100;
    private static final double SETTLED = 1e-10;
    /** Margins that say nothing, or the contrary of what is so, are flattened and not turned round. */
    private static final double LEAST_SLOPE = 1e-3;
    /** Keeps Newton's step finite where all rows are told apart. */
    private static final double RIDGE = 1e-6;

    /**
     * By Newton's method.
     *
     * @param margins of each row; a row without one, NaN, is left out
     * @param weights of each row, above 0
     */
    static Calibration of(double[] margins, boolean[] bad, double[] weights) {
        double[] targets = targets(margins, bad, weights);
        double slope = 1;
        double offset = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] sums = new double[5];
            for (int i = 0; i < margins.length; i++) {
                if (!Double.isNaN(margins[i])) {
                    add(sums, margins[i], slope * margins[i] + offset, weights[i], targets[i]);
                }
            }
            double a = sums[2] + RIDGE;
            double c = sums[4] + RIDGE;
            double determinant = a * c - sums[3] * sums[3];
            double slopeStep = (c * sums[0] - sums[3] * sums[1]) / determinant;
            double offsetStep = (a * sums[1] - sums[3] * sums[0]) / determinant;
            slope = Math.max(LEAST_SLOPE, slope - slopeStep);
            offset -= offsetStep;
            if (Math.abs(slopeStep) + Math.abs(offsetStep) < SETTLED) {
                break;
            }
        }
        return new Calibration(Decimals.rounded(slope), Decimals.rounded(offset));
    }

    /** Log-odds of trust. */
    double of(double margin) {
        return slope * margin + offset;
    }

    Additive of(Additive scorer) {
        return scorer.scaled(slope).shifted(offset);
    }

    /** Gradient and curvature of the log loss. */
    private static void add(double[] sums, double margin, double logOdds, double weight, double target) {
        double probability = 1 / (1 + StrictMath.exp(-logOdds));
        double slack = weight * (probability - target);
        double curve = weight * probability * (1 - probability);
        sums[0] += slack * margin;
        sums[1] += slack;
        sums[2] += curve * margin * margin;
        sums[3] += curve * margin;
        sums[4] += curve;
    }

    /** Not quite 0 and 1: as if one more row of each kind might be wrong. */
    private static double[] targets(double[] margins, boolean[] bad, double[] weights) {
        double goodWeight = 0;
        double badWeight = 0;
        for (int i = 0; i < margins.length; i++) {
            if (!Double.isNaN(margins[i])) {
                goodWeight += bad[i] ? 0 : weights[i];
                badWeight += bad[i] ? weights[i] : 0;
            }
        }
        double[] targets = new double[margins.length];
        for (int i = 0; i < margins.length; i++) {
            targets[i] = bad[i] ? 1 / (badWeight + 2) : (goodWeight + 1) / (goodWeight + 2);
        }
        return targets;
    }
}
