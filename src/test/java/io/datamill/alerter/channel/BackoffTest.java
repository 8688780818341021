package io.datamill.alerter.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(7));

    @Test
    void doublesUpToTheMostOfWhichAHalfIsAtRandom() {
        for (int failures = 1; failures < 100; failures++) {
            long full = failures > 6 ? 60_000 : 1_000L << (failures - 1);
            assertThat(backoff.after(failures, Duration.ZERO).toMillis()).isBetween(full / 2, full);
        }
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> backoff.after(5, Duration.ZERO))
                        .distinct())
                .hasSizeGreaterThan(50);
    }

    @Test
    void waitsAsLongAsTheReceiverAsksButNoLongerThanADay() {
        assertThat(backoff.after(1, Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
        assertThat(backoff.after(1, Duration.ofDays(300))).isEqualTo(Duration.ofDays(1));
    }
}
