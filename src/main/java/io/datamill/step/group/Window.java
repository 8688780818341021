package io.datamill.step.group;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import java.io.Serializable;
import java.time.Duration;

/**
 * Which events stand together: one of {@code tumbling}, {@code sliding} with {@code every}, and {@code session}. Windows
 * start at multiples of their length, or of {@code every}, since the epoch, so that those of a day are days in UTC.
 */
public record Window(
        @OptionDoc(
                value = "The length of windows that follow each other without a gap, 1s to 90d.",
                otherwise = "sliding or session is given")
        Duration tumbling,

        @OptionDoc(value = "The length of windows that overlap, 1s to 90d.", otherwise = "tumbling or session is given")
        Duration sliding,

        @OptionDoc(
                value = "How far apart overlapping windows start: at most sliding, at least a 300th of it.",
                otherwise = "none; only with sliding")
        Duration every,

        @OptionDoc(
                value = "The pause, 1s to 90d, after which events of a key are another session.",
                otherwise = "tumbling or sliding is given")
        Duration session)
        implements Serializable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final int MOST_WINDOWS = 300;

    public Window {
        int given = (tumbling == null ? 0 : 1) + (sliding == null ? 0 : 1) + (session == null ? 0 : 1);
        if (given != 1) {
            throw new IllegalArgumentException("expected one of { tumbling: 1m }, { sliding: 10m, every: 1m } and"
                    + " { session: 30m }, but " + (given == 0 ? "none is given" : "several are given"));
        }
        require("tumbling", tumbling);
        require("sliding", sliding);
        require("session", session);
        require("every", every);
        if (sliding == null && every != null) {
            throw new IllegalArgumentException("every is given without sliding");
        }
        if (sliding != null
                && (every == null
                        || every.compareTo(sliding) > 0
                        || sliding.compareTo(every.multipliedBy(MOST_WINDOWS)) > 0)) {
            throw new IllegalArgumentException(
                    "every is " + (every == null ? "missing" : Durations.text(every)) + ", expected up to "
                            + Durations.text(sliding) + " and so that at most " + MOST_WINDOWS + " windows overlap");
        }
    }

    private static void require(String option, Duration length) {
        if (length != null && (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(option + " is " + Durations.text(length) + ", expected 1s to 90d");
        }
    }

    boolean isSession() {
        return session != null;
    }

    /** The length, or of sessions the pause, in milliseconds. */
    long length() {
        return (tumbling != null ? tumbling : sliding != null ? sliding : session).toMillis();
    }

    /** How far apart windows start, in milliseconds. */
    long step() {
        return (every == null ? tumbling : every).toMillis();
    }
}
