package io.datamill.step.adapter;

/**
 * Why a record that can be read is no event: the reason codes of rejects by the adapter, beside those of the format (for
 * Avro {@link io.datamill.schema.UndecodableException.Reason}). The names are stable: they are shown in rejects and
 * counted in metrics.
 */
public enum HeaderReason {
    /** The record has more bytes than the pipeline takes. */
    RECORD_TOO_LARGE,
    /** The tenant is null or blank. */
    NO_TENANT,
    /** The tenant cannot be part of a path: see {@link HeaderRules#TENANT}. */
    BAD_TENANT,
    /** The id is null or blank. */
    NO_ID,
    /** The id is longer than {@link HeaderRules#LONGEST_ID} bytes of UTF-8, has control characters, or is no Unicode. */
    BAD_ID,
    /** The event time is null. */
    NO_TIME,
    /** The event time is before the pipeline's first day, or too far after the record's arrival. */
    TIME_OUT_OF_RANGE,
    /**
     * The record could not be read before the shuffle and can be now: its schema was registered between the two. It has
     * no key, so it would be missing in profiles; a replay reads it.
     */
    READ_TOO_EARLY
}
