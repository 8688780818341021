package io.datamill.step.score.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What scores are worth over all thresholds, for plots.
 *
 * @param good scores of good events, ascending; not to be changed
 * @param bad scores of bad events, ascending; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Sorted once, never compared.
public record Curves(double[] good, double[] bad) {

    /** A point of a plot. */
    public record Point(double x, double y) {}

    /**
     * Events of similar scores.
     *
     * @param score their mean probability of trust
     * @param trusted the share of them that are good
     * @param events how many there are
     */
    public record Calibration(double score, double trusted, int events) {}

    /** @param scores probabilities of trust; NaN for an event that is not to count */
    public static Curves of(double[] scores, boolean[] isBad) {
        double[] good = Figures.of(scores, isBad, false);
        double[] bad = Figures.of(scores, isBad, true);
        Arrays.sort(good);
        Arrays.sort(bad);
        return new Curves(good, bad);
    }

    /** The false positive rate and the recall at each threshold where either changes, from (0, 0) to (1, 1). */
    public List<Point> roc() {
        List<Point> points = new ArrayList<>(List.of(new Point(0, 0)));
        int goods = 0;
        int bads = 0;
        while (goods < good.length || bads < bad.length) {
            double score = Math.min(
                    goods < good.length ? good[goods] : Double.POSITIVE_INFINITY,
                    bads < bad.length ? bad[bads] : Double.POSITIVE_INFINITY);
            while (goods < good.length && good[goods] == score) {
                goods++;
            }
            while (bads < bad.length && bad[bads] == score) {
                bads++;
            }
            points.add(new Point((double) goods / good.length, (double) bads / bad.length));
        }
        return points;
    }

    /** The share of events called bad that are so, for thresholds of {@code steps} equal steps; none where none is called. */
    public List<Point> precision(int steps) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            double threshold = (double) i / steps;
            Confusion called = Confusion.at(threshold, good, bad);
            if (called.truePositives() + called.falsePositives() > 0) {
                points.add(new Point(threshold, called.precision()));
            }
        }
        return points;
    }

    /** The share of bad events that are called so. */
    public List<Point> recall(int steps) {
        return rates(steps, bad);
    }

    /** The share of good events that are called bad. */
    public List<Point> falsePositives(int steps) {
        return rates(steps, good);
    }

    /** Ten bins of equal width; empty ones are left out. */
    public List<Calibration> calibration() {
        int bins = 10;
        double[] sums = new double[bins];
        int[] events = new int[bins];
        int[] trusted = new int[bins];
        for (double[] kind : List.of(good, bad)) {
            for (double score : kind) {
                int bin = bin(score, bins);
                sums[bin] += score;
                events[bin]++;
                trusted[bin] += kind == good ? 1 : 0;
            }
        }
        List<Calibration> points = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            if (events[bin] > 0) {
                points.add(new Calibration(sums[bin] / events[bin], (double) trusted[bin] / events[bin], events[bin]));
            }
        }
        return points;
    }

    /** How many scores of a kind lie in each bin of equal width. */
    public static int[] histogram(double[] scores, int bins) {
        int[] counts = new int[bins];
        for (double score : scores) {
            counts[bin(score, bins)]++;
        }
        return counts;
    }

    private static int bin(double score, int bins) {
        return Math.min(bins - 1, (int) (score * bins));
    }

    private static List<Point> rates(int steps, double[] scores) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            double threshold = (double) i / steps;
            points.add(new Point(threshold, Metrics.shareBelow(scores, threshold)));
        }
        return points;
    }
}
