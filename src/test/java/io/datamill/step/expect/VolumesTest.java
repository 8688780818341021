package io.datamill.step.expect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class VolumesTest {
    private static final long HOUR = 3600_000;
    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    private final Volumes volumes = new Volumes();

    @Test
    void expectsNothingBeforeThreeWindows() {
        learn(0, 2, hour -> 100);
        assertThat(volumes.expected(2 * HOUR, HOUR)).isNaN();
        learn(2, 3, hour -> 100);
        assertThat(volumes.expected(3 * HOUR, HOUR)).isEqualTo(100);
    }

    @Test
    void expectsWhatCameAtTheSameTimeOfTheDayOnceThereAreTwoDays() {
        learn(0, 2 * DAY, hour -> hour % DAY < 8 ? 10 : 1_000);
        assertThat(volumes.expected((2 * DAY + 3) * HOUR, HOUR)).isEqualTo(10);
        assertThat(volumes.expected((2 * DAY + 9) * HOUR, HOUR)).isEqualTo(1_000);
    }

    @Test
    void expectsWhatCameAtTheSameTimeOfTheWeekOnceThereAreTwoWeeks() {
        LongUnaryOperator week = hour -> hour % WEEK < 2 * DAY ? 5 : 1_000;
        learn(0, 2 * WEEK, week);
        assertThat(volumes.expected((2 * WEEK + DAY) * HOUR, HOUR)).isEqualTo(5);
        assertThat(volumes.expected((2 * WEEK + 3 * DAY) * HOUR, HOUR)).isEqualTo(1_000);
    }

    @Test
    void getsUsedToAnotherVolume() {
        learn(0, 20, hour -> 100);
        learn(20, DAY, hour -> 500);
        assertThat(volumes.ofLast[0]).isBetween(200.0, 400.0); // Four of about eight.
        learn(0, 100 * WEEK, hour -> 500);
        assertThat(volumes.expected(0, HOUR)).isCloseTo(500, within(1.0));
    }

    @Test
    void beginsAgainWhereThePipelineHasGotOtherWindows() {
        learn(0, 2 * WEEK, hour -> 1_000);
        volumes.learn(0, 2 * HOUR, 2_000);
        assertThat(volumes.weeks).hasSize(WEEK / 2);
        assertThat(volumes.expected(0, 2 * HOUR)).isGreaterThan(1_000);
    }

    private void learn(int from, int to, LongUnaryOperator events) {
        for (int hour = from; hour < to; hour++) {
            volumes.learn(hour * HOUR, HOUR, events.applyAsLong(hour));
        }
    }
}
