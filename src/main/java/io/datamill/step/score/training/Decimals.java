package io.datamill.step.score.training;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * What is written is rounded, so that the last bits, in which processors and JDKs differ, do not make another artifact.
 */
final class Decimals {
    private static final MathContext WEIGHTS = new MathContext(12, RoundingMode.HALF_EVEN);
    private static final int FIGURES = 6;

    private Decimals() {}

    /** To 12 significant digits: probabilities then stay within 1e-10. */
    static double rounded(double value) {
        return new BigDecimal(value).round(WEIGHTS).doubleValue();
    }

    /** A figure to report, to 6 decimals. */
    static double figure(double value) {
        return new BigDecimal(value).setScale(FIGURES, RoundingMode.HALF_EVEN).doubleValue();
    }
}
