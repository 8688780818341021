package io.datamill.alerter.channel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after each failure: exponential with "equal jitter", of which a half is at random (AWS Architecture
 * Blog, Exponential Backoff And Jitter, 2015), so that many who wait do not come back at once.
 *
 * @param first after the first failure
 * @param most of the exponential part
 */
public record Backoff(Duration first, Duration most, RandomGenerator random) {
    private static final int MOST_DOUBLINGS = 30;
    private static final long LONGEST_ASKED = Duration.ofDays(1).toMillis();

    /**
     * @param failures so far, from 1
     * @param asked what the receiver asks for: not less than that, up to a day
     */
    public Duration after(int failures, Duration asked) {
        long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
        long full = Math.min(doubled, most.toMillis());
        long jittered = full / 2 + random.nextLong(full / 2 + 1);
        return Duration.ofMillis(Math.max(jittered, Math.min(asked.toMillis(), LONGEST_ASKED)));
    }
}
