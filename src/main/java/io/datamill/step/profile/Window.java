package io.datamill.step.profile;

import io.datamill.config.Durations;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How far a feature looks back: 5 minutes to 90 days, in slots of 1 minute up to 1 hour, of 1 hour up to 1 day, of 1 day
 * above.
 */
record Window(Duration length) {
    private static final Duration SHORTEST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(90);

    /** A sketch is of 5 to 10 slots. */
    private static final int FEWEST = 5;

    private static final int MOST = 10;

    /** @throws IllegalArgumentException saying what a window may be */
    Window {
        if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("expected a window of 5m to 90d");
        }
        Duration slot = slot(length);
        if (length.toMillis() % slot.toMillis() != 0) {
            throw new IllegalArgumentException(
                    slot.equals(Duration.ofDays(1))
                            ? "a window above 1 day is counted in whole days"
                            : "a window above 1 hour is counted in whole hours");
        }
    }

    static Window parse(String text) {
        return new Window(Durations.parse(text));
    }

    private static Duration slot(Duration window) {
        if (window.compareTo(Duration.ofHours(1)) <= 0) {
            return Duration.ofMinutes(1);
        }
        return window.compareTo(Duration.ofDays(1)) <= 0 ? Duration.ofHours(1) : Duration.ofDays(1);
    }

    private int number() {
        return (int) length.dividedBy(slot(length));
    }

    /**
     * The slots of an exact feature.
     *
     * @param windows how many windows, one before the other, it looks at
     * @param width how many longs a slot has
     */
    Slots slots(int windows, int width) {
        return new Slots(slot(length).toMillis(), windows * number(), width);
    }

    /**
     * The slots of a sketch, which are several of the tier's in one, so that there are few.
     *
     * @throws IllegalArgumentException naming the nearest windows that can be so divided
     */
    Slots sketchSlots() {
        int number = number();
        if (slots(number) == 0) {
            Duration slot = slot(length);
            int less = IntStream.iterate(number, n -> n - 1)
                    .filter(n -> slots(n) > 0)
                    .findFirst()
                    .orElseThrow();
            int more = IntStream.iterate(number, n -> n + 1)
                    .filter(n -> slots(n) > 0)
                    .findFirst()
                    .orElseThrow();
            throw new IllegalArgumentException("a sketch is kept in 5 to 10 slots, which this window cannot be divided"
                    + " into; the nearest are " + Durations.text(slot.multipliedBy(less)) + " and "
                    + Durations.text(slot.multipliedBy(more)));
        }
        return new Slots(length.toMillis() / slots(number), slots(number), 1);
    }

    /** How many slots so many of the tier's are put into; 0 where that cannot be. */
    private static int slots(int number) {
        return IntStream.iterate(MOST, n -> n >= FEWEST, n -> n - 1)
                .filter(n -> number % n == 0)
                .findFirst()
                .orElse(0);
    }
}
