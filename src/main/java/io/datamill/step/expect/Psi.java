package io.datamill.step.expect;

/**
 * The population stability index of two histograms over the same bins, {@code sum((a - e) * ln(a / e))} over the shares
 * a and e of each bin: 0 where they are the same, the same both ways round. Rules of thumb call up to 0.1 stable and
 * above 0.25 a shift (Siddiqi, Credit Risk Scorecards, 2006).
 *
 * <p>Each bin counts half an event more than it holds (the prior of Jeffreys), so that an empty one does not make it
 * infinite. Of two samples of n and m events of one distribution it is (bins - 1) * (1/n + 1/m) on average: 0.09 for 100
 * events in ten bins against a large baseline.
 */
final class Psi {
    private static final double PRIOR = 0.5;

    private Psi() {}

    /** @param expected as long as {@code counts}; at least one bin each */
    static double of(long[] counts, long[] expected) {
        double n = total(counts);
        double m = total(expected);
        double psi = 0;
        for (int i = 0; i < counts.length; i++) {
            double a = (counts[i] + PRIOR) / n;
            double e = (expected[i] + PRIOR) / m;
            psi += (a - e) * Math.log(a / e);
        }
        return psi;
    }

    private static double total(long[] counts) {
        double total = PRIOR * counts.length;
        for (long count : counts) {
            total += count;
        }
        return total;
    }
}
