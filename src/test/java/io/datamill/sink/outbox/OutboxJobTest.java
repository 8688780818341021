package io.datamill.sink.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Position;
import io.datamill.event.Reject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The outbox in a job of its own, with Flink's real mailbox, checkpoints and restart. */
class OutboxJobTest {
    private static final int ROWS = 20_000;

    @Test
    @Timeout(120)
    void everyRowIsWrittenAndTheBadOneRejectedOnceThoughTheJobFailsWhileTheStoreIsDown(@TempDir Path checkpoints)
            throws Exception {
        FakeStore store = FakeStore.named("job");
        store.answer("id-7000", new RowResult.Refused("BAD", "no good"));
        FailsOnce.FAILED.set(false);
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        env.enableCheckpointing(100);
        env.getConfig().enableObjectReuse();
        DataStream<StoreRow> rows = env.fromSource(
                        new DataGeneratorSource<>(
                                OutboxJobTest::row,
                                ROWS,
                                RateLimiterStrategy.perSecond(10_000),
                                TypeInformation.of(StoreRow.class)),
                        WatermarkStrategy.noWatermarks(),
                        "rows")
                .map(new FailsOnce())
                .returns(StoreRow.class);
        OutboxSpec spec = new OutboxSpec(
                "sinks[0].fake", "fake", "p@0", OutboxHarness.impatient(100, 1_000_000), FakeStore.factory("job"));
        List<Reject> rejects = new ArrayList<>();
        try (CloseableIterator<Reject> results =
                OutboxSink.attach(rows, "fake", spec).executeAndCollect()) {
            results.forEachRemaining(rejects::add);
        }
        assertThat(FailsOnce.FAILED).isTrue();
        assertThat(store.failures()).isPositive();
        assertThat(store.versions()).hasSize(ROWS - 1);
        assertThat(rejects).extracting(Reject::id).containsExactly("id-7000");
    }

    private static StoreRow row(long i) {
        Position position = new Position("stream", "shard-0", Long.toString(i), i);
        return new StoreRow(new StoreRow.Key("acme", "id-" + i), i, i, position, new byte[100]);
    }

    /** Takes the store down after a quarter of its rows, and then the job after a checkpoint of the outage. */
    private static final class FailsOnce extends RichMapFunction<StoreRow, StoreRow> implements CheckpointListener {
        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean FAILED = new AtomicBoolean();
        private int seen;
        private int checkpoints;

        @Override
        public StoreRow map(StoreRow row) {
            if (!FAILED.get() && ++seen == ROWS / 8) {
                FakeStore.get("job").fail(new IOException("connection refused"));
            }
            return row;
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            if (seen >= ROWS / 8 && ++checkpoints >= 5 && FAILED.compareAndSet(false, true)) {
                FakeStore.get("job").fail(null);
                throw new IllegalStateException("killed by the test");
            }
        }
    }
}
