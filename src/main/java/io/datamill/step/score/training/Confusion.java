package io.datamill.step.score.training;

/**
 * How many events a threshold calls what. A positive is one that is called bad.
 *
 * @param truePositives bad events below the threshold
 * @param falsePositives good ones below it
 * @param trueNegatives good ones that are not
 * @param falseNegatives bad ones that are not
 */
record Confusion(long truePositives, long falsePositives, long trueNegatives, long falseNegatives) {

    static Confusion at(double threshold, double[] good, double[] bad) {
        long falsePositives = Metrics.below(good, threshold);
        long truePositives = Metrics.below(bad, threshold);
        return new Confusion(truePositives, falsePositives, good.length - falsePositives, bad.length - truePositives);
    }

    double error() {
        return share(falsePositives + falseNegatives, truePositives + trueNegatives);
    }

    double falsePositiveRate() {
        return share(falsePositives, trueNegatives);
    }

    /** The share of bad events that are called bad. */
    double recall() {
        return share(truePositives, falseNegatives);
    }

    /** The share of events called bad that are; 1 where none is called so. */
    double precision() {
        return truePositives + falsePositives == 0 ? 1 : share(truePositives, falsePositives);
    }

    double f1() {
        return share(2 * truePositives, falsePositives + falseNegatives);
    }

    /** 0 of nothing. */
    private static double share(long part, long rest) {
        return part + rest == 0 ? 0 : (double) part / (part + rest);
    }
}
