package io.datamill.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.operators.StreamSource;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawRetentionTest {
    private static final Instant BEFORE = Instant.parse("2026-03-10T00:00:00Z");

    @TempDir
    private Path lake;

    @Test
    void deletesTheDaysThatHadEndedAndNoOthers() throws Exception {
        days("day=2026-03-08", "day=2026-03-09", "day=2026-03-10", "day=2026-03-11");

        assertThat(delete(BEFORE)).isEqualTo(2);

        assertThat(names(lake)).containsExactly("day=2026-03-10", "day=2026-03-11");
    }

    @Test
    void keepsADayUntilItsLastMoment() throws Exception {
        days("day=2026-03-09");

        assertThat(delete(BEFORE.minusMillis(1))).isZero();
        assertThat(delete(BEFORE)).isEqualTo(1);
    }

    @Test
    void leavesWhateverHasAnotherName() throws Exception {
        String[] others = {
            "day=2026-03-9",
            "day=2026-02-30",
            "day=2020-01-01x",
            "DAY=2020-01-01",
            "2020-01-01",
            "day=+2020-01-01",
            "hour=2020-01-01",
            "month=2020-01"
        };
        days(others);
        Files.writeString(lake.resolve("day=2020-01-02"), "a file");

        assertThat(delete(BEFORE)).isZero();

        assertThat(names(lake)).contains(others).contains("day=2020-01-02");
    }

    @Test
    void anAbsentDirectoryHasNothingToDelete() throws Exception {
        assertThat(RawRetention.delete(flink(lake.resolve("none")), BEFORE)).isZero();
    }

    @Test
    void looksIntoTheStreamsThatTheJobReadsAndNoOthers() throws Exception {
        RawFiles raw = new RawFiles(new Reference(lake.toString()), Duration.ofDays(30));
        for (String stream : List.of("mine", "of-another")) {
            Files.createDirectories(lake.resolve("stream=" + stream).resolve("day=2020-01-01"));
        }

        run(new RawRetention(List.of(raw.directory("mine").toString()), Duration.ofDays(30)));

        assertThat(names(lake.resolve("stream=mine"))).isEmpty();
        assertThat(names(lake.resolve("stream=of-another"))).containsExactly("day=2020-01-01");
    }

    @Test
    void goesOnWhereOneDirectoryCannotBeRead() throws Exception {
        Files.createDirectories(lake.resolve("stream=mine").resolve("day=2020-01-01"));

        run(new RawRetention(
                List.of(
                        "nosuch://lake/stream=other",
                        lake.resolve("stream=mine").toString()),
                Duration.ofDays(1)));

        assertThat(names(lake.resolve("stream=mine"))).isEmpty();
    }

    @Test
    void keepIsAtLeastADay() {
        assertThatThrownBy(() -> new RawFiles(new Reference("s3://lake/raw"), Duration.ofHours(23)))
                .hasMessage("keep expected 1d to 3650d, but read '23h'");
    }

    private void days(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(Files.createDirectory(lake.resolve(name)).resolve("part-0.parquet"), "rows");
        }
    }

    private int delete(Instant before) throws IOException {
        return RawRetention.delete(flink(lake), before);
    }

    private static org.apache.flink.core.fs.Path flink(Path path) {
        return new org.apache.flink.core.fs.Path(path.toString());
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** Until it has looked once. */
    private static void run(RawRetention retention) throws Exception {
        try (AbstractStreamOperatorTestHarness<String> harness =
                new AbstractStreamOperatorTestHarness<>(new StreamSource<>(retention), 1, 1, 0)) {
            harness.open();
            retention.run(new Once(retention));
        }
    }

    /** Ends a source as it says that it is idle: its first look comes all the same. */
    private record Once(RawRetention retention) implements SourceFunction.SourceContext<String> {
        @Override
        public void collect(String element) {
            throw new AssertionError("it sends nothing");
        }

        @Override
        public void collectWithTimestamp(String element, long timestamp) {
            throw new AssertionError("it sends nothing");
        }

        @Override
        public void emitWatermark(Watermark mark) {
            throw new AssertionError("it sends nothing");
        }

        @Override
        public void markAsTemporarilyIdle() {
            Thread looking = Thread.currentThread();
            Thread ends = new Thread(() -> {
                while (looking.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                retention.cancel();
            });
            ends.start();
        }

        @Override
        public Object getCheckpointLock() {
            return this;
        }

        @Override
        public void close() {}
    }
}
