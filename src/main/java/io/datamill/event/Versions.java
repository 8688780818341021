package io.datamill.event;

/**
 * The version under which a store keeps an outcome: the run's generation above the record's arrival time. It is the
 * same again after a restore, so that a repeat is stale and not new; a backfill with a new model has a higher
 * generation and replaces what is there.
 */
public final class Versions {
    /** 2^44 ms reach to the year 2527. */
    private static final int TIME_BITS = 44;

    /** The highest generation that keeps a version positive. */
    public static final int MAX_GENERATION = (1 << (63 - TIME_BITS)) - 1;

    private Versions() {}

    /**
     * @param generation 0 to {@link #MAX_GENERATION}
     * @param arrivalTime milliseconds since the epoch, not negative
     */
    public static long of(int generation, long arrivalTime) {
        return ((long) generation << TIME_BITS) | arrivalTime;
    }
}
