package io.datamill.sink.outbox;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides when the stream goes on without the store, and how long to wait before it is asked again. Closed means rows
 * flow.
 */
final class Breaker {
    private static final int TOLERATED = 3;
    private static final long FIRST_DELAY = 100;
    private static final long LONGEST_DELAY = 10_000;
    private static final long LONGEST_DEFERRAL = 500;

    private int failures;
    private int deferrals;
    private boolean open;

    boolean isOpen() {
        return open;
    }

    /** @return true if this closed it */
    boolean succeeded() {
        boolean closed = open;
        failures = 0;
        open = false;
        return closed;
    }

    /**
     * @param timedOut opens it at once: the stream has waited long enough
     * @return true if this opened it
     */
    boolean failed(boolean timedOut) {
        failures++;
        boolean opens = !open && (timedOut || failures >= TOLERATED);
        open |= opens;
        return opens;
    }

    /** Milliseconds to wait after a failure: doubling, with jitter so that subtasks do not ask together. */
    long delay() {
        return jittered(failures, LONGEST_DELAY);
    }

    /**
     * Milliseconds to wait after a write of which the store put off {@code rows}: short, since other rows go through and
     * would wait too.
     */
    long deferral(int rows) {
        deferrals = rows == 0 ? 0 : deferrals + 1;
        return rows == 0 ? 0 : jittered(deferrals, LONGEST_DEFERRAL);
    }

    private static long jittered(int times, long longest) {
        long delay = Math.min(longest, FIRST_DELAY << Math.min(times - 1, 10));
        return delay / 2 + ThreadLocalRandom.current().nextLong(delay / 2 + 1);
    }
}
