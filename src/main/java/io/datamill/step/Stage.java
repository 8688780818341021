package io.datamill.step;

/** The boxes of the job graph. Consecutive stateless steps of one stage share one operator, named for it. */
public enum Stage {
    TRANSFORM,
    /** The events of several inputs are brought to one schema. */
    MERGE,
    GROUP,
    JOIN,
    LOOKUP,
    ENRICH,
    DEDUPLICATE,
    PROFILE,
    SCORE,
    DECIDE,
    /** What no sink could take is rejected before any of them gets it. */
    CHECK;

    /** The operator's name in the web UI. */
    public String operatorName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
