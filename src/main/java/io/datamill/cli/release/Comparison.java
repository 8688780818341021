package io.datamill.cli.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.datamill.step.score.training.Metrics;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What serves beside a candidate, on the same events. Shares are 0 to 1; what cannot be said is null.
 *
 * @param newlyQuarantined the share of good events that the candidate quarantines, or rejects, and what serves does not
 * @param changed the share of events that get another verdict
 * @param changes how many events, by {@code old -> new}
 */
public record Comparison(
        Counts counts,
        Side before,
        Side after,
        @JsonProperty("newly_quarantined") Double newlyQuarantined,
        Double changed,
        Map<String, Long> changes) {

    public Comparison {
        changes = Collections.unmodifiableMap(new TreeMap<>(changes));
    }

    /**
     * How many events there are.
     *
     * @param events that were run
     * @param misfits events that are not among them, since the pipeline could not have such ones
     */
    public record Counts(long events, long good, long bad, long misfits) {
        long labelled() {
            return good + bad;
        }
    }

    /**
     * One of the two.
     *
     * @param auc the probability that a good event scores above a bad one, ties counting half
     * @param falsePositives the share of good events that do not simply pass: that are quarantined, labelled, rejected or
     *     dropped
     * @param quarantined the share of good events that are quarantined or rejected
     * @param caught the share of bad events that do not simply pass
     */
    public record Side(
            Double auc,
            @JsonProperty("false_positives") Double falsePositives,
            @JsonProperty("good_quarantined") Double quarantined,
            Double caught) {
        static final Side NONE = new Side(null, null, null, null);
    }

    /** Null where there are not both kinds. */
    static Double auc(double[] good, double[] bad) {
        return good.length == 0 || bad.length == 0 ? null : (Double) Metrics.auc(good, bad);
    }
}
