package io.datamill.step.score.training;

import java.util.Arrays;

/** How well scores tell the trusted from the others. */
public final class Metrics {
    private static final double STEP = 1000;
    /** A certainty that fails costs this much and not infinity. */
    private static final double LEAST = 1e-12;

    private Metrics() {}

    /** The probability that a trusted event scores above another, ties counting half: 0 to 1. */
    public static double auc(double[] trusted, double[] untrusted) {
        double[] sorted = untrusted.clone();
        Arrays.sort(sorted);
        double wins = 0;
        for (double score : trusted) {
            wins += (rank(sorted, score) + rank(sorted, Math.nextUp(score))) / 2.0;
        }
        return wins / ((double) trusted.length * untrusted.length);
    }

    /** The mean of -ln of the probability given to what was so: 0 is perfect, 0.69 is a coin's. */
    static double logLoss(double[] trusted, double[] untrusted) {
        double sum = 0;
        for (double score : trusted) {
            sum -= Math.log(Math.max(LEAST, score));
        }
        for (double score : untrusted) {
            sum -= Math.log(Math.max(LEAST, 1 - score));
        }
        return sum / (trusted.length + untrusted.length);
    }

    /** The highest threshold below which lies no more than a share of the scores. */
    static double cut(double[] scores, double share) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int allowed = (int) Math.floor(share * sorted.length);
        return allowed < sorted.length ? sorted[allowed] : 1;
    }

    /** The same in whole thousandths, for people to write down. */
    static double threshold(double[] scores, double share) {
        return Math.floor(cut(scores, share) * STEP) / STEP;
    }

    /** The share of scores below a threshold: 0 to 1, and 0 where there are none. */
    static double shareBelow(double[] scores, double threshold) {
        return scores.length == 0 ? 0 : (double) below(scores, threshold) / scores.length;
    }

    /** How many scores are below a threshold. */
    static long below(double[] scores, double threshold) {
        return Arrays.stream(scores).filter(score -> score < threshold).count();
    }

    private static int rank(double[] sorted, double score) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
