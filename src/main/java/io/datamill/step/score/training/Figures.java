package io.datamill.step.score.training;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.stream.IntStream;

/**
 * What scores are worth, in the words of a detector: a positive is an event that is called bad, since its score is below
 * the threshold. What cannot be said, since there is no event of a kind, is null.
 *
 * @param n events
 * @param auc the probability that a good event scores above a bad one, ties counting half
 * @param error the share of events that are called wrongly
 * @param fpr the share of good events that are called bad
 * @param fnr the share of bad events that are not called bad
 * @param f1 the harmonic mean of precision and recall of bad events; 0 where none is called rightly
 * @param logloss the mean of -ln of the probability given to what was so; a certainty that fails costs 27.6
 * @param threshold the score below which an event is called bad
 */
@JsonPropertyOrder({"n", "auc", "error", "fpr", "fnr", "f1", "logloss", "threshold"})
public record Figures(
        int n, Double auc, Double error, Double fpr, Double fnr, Double f1, Double logloss, double threshold) {

    /**
     * @param scores probabilities of trust; NaN for an event that is not to count
     * @param bad the labels
     */
    public static Figures of(double[] scores, boolean[] bad, double threshold) {
        double[] good = of(scores, bad, false);
        double[] others = of(scores, bad, true);
        int n = good.length + others.length;
        boolean both = good.length > 0 && others.length > 0;
        Confusion called = Confusion.at(threshold, good, others);
        return new Figures(
                n,
                both ? Decimals.figure(Metrics.auc(good, others)) : null,
                n == 0 ? null : Decimals.figure(called.error()),
                good.length == 0 ? null : Decimals.figure(called.falsePositiveRate()),
                others.length == 0 ? null : Decimals.figure(1 - called.recall()),
                others.length == 0 ? null : Decimals.figure(called.f1()),
                n == 0 ? null : Decimals.figure(Metrics.logLoss(good, others)),
                threshold);
    }

    /** The scores of the events of one kind. */
    static double[] of(double[] scores, boolean[] bad, boolean kind) {
        return IntStream.range(0, scores.length)
                .filter(i -> bad[i] == kind && !Double.isNaN(scores[i]))
                .mapToDouble(i -> scores[i])
                .toArray();
    }
}
