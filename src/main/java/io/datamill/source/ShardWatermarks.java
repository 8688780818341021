package io.datamill.source;

import io.datamill.event.KeyedRecord;
import java.time.Duration;
import org.apache.flink.streaming.api.functions.AssignerWithPeriodicWatermarks;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * The watermark of one shard: its highest event time less the lateness allowed. A time that cannot be read or is not
 * plausible never moves it, so that one sensor with a wrong clock cannot make everybody else late.
 */
final class ShardWatermarks implements AssignerWithPeriodicWatermarks<KeyedRecord> {
    private static final long serialVersionUID = 1L;

    private final long lateAfter;
    private long highest = Long.MIN_VALUE;

    ShardWatermarks(Duration lateAfter) {
        this.lateAfter = lateAfter.toMillis();
    }

    @Override
    public long extractTimestamp(KeyedRecord record, long previous) {
        highest = Math.max(highest, record.time());
        return record.time();
    }

    @Override
    public Watermark getCurrentWatermark() {
        return highest == Long.MIN_VALUE ? null : new Watermark(highest - lateAfter - 1);
    }
}
