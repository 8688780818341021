package io.datamill.cli.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a candidate has to hold. Every one may be null: it then is not asked for.
 *
 * @param minLabelled how many labelled events there have to be
 * @param minAuc the AUC of the candidate
 * @param maxAucDrop by how much that may be below the AUC of what serves
 * @param maxFalsePositives the share of good events that do not simply pass
 * @param maxGoodQuarantined the share of good events that are quarantined, and were not
 * @param maxChanged the share of events that get another verdict
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Limits(
        @JsonProperty("min-labelled") Integer minLabelled,
        @JsonProperty("min-auc") Double minAuc,
        @JsonProperty("max-auc-drop") Double maxAucDrop,
        @JsonProperty("max-false-positives") Double maxFalsePositives,
        @JsonProperty("max-good-quarantined") Double maxGoodQuarantined,
        @JsonProperty("max-changed") Double maxChanged) {
    static final Limits NONE = new Limits(null, null, null, null, null, null);

    public Limits {
        if (minLabelled != null && minLabelled < 0) {
            throw new IllegalArgumentException("min-labelled: expected 0 or more; found " + minLabelled);
        }
        share("min-auc", minAuc);
        share("max-auc-drop", maxAucDrop);
        share("max-false-positives", maxFalsePositives);
        share("max-good-quarantined", maxGoodQuarantined);
        share("max-changed", maxChanged);
    }

    /** These, and of others what these do not say. */
    Limits or(Limits others) {
        return new Limits(
                minLabelled == null ? others.minLabelled : minLabelled,
                minAuc == null ? others.minAuc : minAuc,
                maxAucDrop == null ? others.maxAucDrop : maxAucDrop,
                maxFalsePositives == null ? others.maxFalsePositives : maxFalsePositives,
                maxGoodQuarantined == null ? others.maxGoodQuarantined : maxGoodQuarantined,
                maxChanged == null ? others.maxChanged : maxChanged);
    }

    private static void share(String key, Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(key + ": expected a share from 0 to 1; found " + value);
        }
    }
}
