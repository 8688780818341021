package io.datamill.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.KeyedRecord;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShardWatermarksTest {
    private final ShardWatermarks watermarks = new ShardWatermarks(Duration.ofSeconds(10));

    @Test
    void hasNoneBeforeTheFirstPlausibleTime() {
        assertThat(watermarks.getCurrentWatermark()).isNull();
        read(Long.MIN_VALUE);
        assertThat(watermarks.getCurrentWatermark()).isNull();
    }

    @Test
    void staysBehindTheHighestTimeByTheLatenessAllowed() {
        read(100_000);
        read(60_000);
        assertThat(watermarks.getCurrentWatermark().getTimestamp()).isEqualTo(89_999);
    }

    @Test
    void isNotMovedByATimeThatIsNotBelieved() {
        read(100_000);
        read(Long.MIN_VALUE);
        assertThat(watermarks.getCurrentWatermark().getTimestamp()).isEqualTo(89_999);
    }

    private void read(long time) {
        assertThat(watermarks.extractTimestamp(new KeyedRecord("key", time, null), 0))
                .isEqualTo(time);
    }
}
