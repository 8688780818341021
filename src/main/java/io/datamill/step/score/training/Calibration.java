package io.datamill.step.score.training;

import io.datamill.step.score.Additive;

/**
 * What makes probabilities of margins: {@code slope * margin + offset} is the log-odds of trust, fitted to margins of
 * rows that the model had not seen (J. Platt, Probabilistic outputs for support vector machines, 1999, with his targets
 * for few rows). It is affine, so that a calibrated {@link Additive} is one still and keeps the order of its scores.
 */
record Calibration(double slope, double offset) {
    private static final int MOST_STEPS = 100;
    private static final int MOST_HALVINGS = 40;
    private static final double SETTLED = 1e-10;
    /** Margins that say nothing, or the contrary of what is so, are flattened and not turned round. */
    private static final double LEAST_SLOPE = 1e-3;
    /** Keeps Newton's step finite where nothing curves. */
    private static final double RIDGE = 1e-6;

    /**
     * By Newton's method, each step halved until it lowers the loss.
     *
     * @param margins of each row; a row without one, NaN, is left out
     * @param weights of each row, above 0
     */
    static Calibration of(double[] margins, boolean[] bad, double[] weights) {
        Loss loss = new Loss(margins, targets(margins, bad, weights), weights);
        // Any margin starts where the sigmoid is not flat.
        Calibration at = new Calibration(1 / Math.max(1, loss.largest()), 0);
        double least = loss.of(at);
        for (int step = 0; step < MOST_STEPS; step++) {
            Calibration newton = loss.step(at);
            double share = 1;
            Calibration next = at.towards(newton, share);
            for (int half = 0; half < MOST_HALVINGS && !(loss.of(next) <= least); half++) {
                share /= 2;
                next = at.towards(newton, share);
            }
            double lower = loss.of(next);
            if (!(lower < least)) {
                break;
            }
            boolean settled = least - lower < SETTLED * least;
            at = next;
            least = lower;
            if (settled) {
                break;
            }
        }
        return new Calibration(Decimals.rounded(at.slope), Decimals.rounded(at.offset));
    }

    /** Log-odds of trust. */
    double of(double margin) {
        return slope * margin + offset;
    }

    Additive of(Additive scorer) {
        return scorer.scaled(slope).shifted(offset);
    }

    private Calibration towards(Calibration step, double share) {
        return new Calibration(Math.max(LEAST_SLOPE, slope + share * step.slope), offset + share * step.offset);
    }

    /** The weighted log loss over the rows that have a margin. */
    @SuppressWarnings("ArrayRecordComponent") // Shared for the while of a fit.
    private record Loss(double[] margins, double[] targets, double[] weights) {
        double of(Calibration calibration) {
            double sum = 0;
            for (int i = 0; i < margins.length; i++) {
                if (!Double.isNaN(margins[i])) {
                    double logOdds = calibration.of(margins[i]);
                    double likely = Math.max(0, logOdds) + StrictMath.log1p(StrictMath.exp(-Math.abs(logOdds)));
                    sum += weights[i] * (likely - targets[i] * logOdds);
                }
            }
            return sum;
        }

        Calibration step(Calibration at) {
            double[] sums = new double[5];
            for (int i = 0; i < margins.length; i++) {
                if (!Double.isNaN(margins[i])) {
                    add(sums, margins[i], at.of(margins[i]), weights[i], targets[i]);
                }
            }
            double a = sums[2] + RIDGE;
            double c = sums[4] + RIDGE;
            double determinant = a * c - sums[3] * sums[3];
            return new Calibration(
                    (sums[3] * sums[1] - c * sums[0]) / determinant, (sums[3] * sums[0] - a * sums[1]) / determinant);
        }

        double largest() {
            double largest = 0;
            for (double margin : margins) {
                largest = Double.isNaN(margin) ? largest : Math.max(largest, Math.abs(margin));
            }
            return largest;
        }

        /** Gradient and curvature. */
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
