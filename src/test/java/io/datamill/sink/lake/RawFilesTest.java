package io.datamill.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.Reference;
import io.datamill.event.KeyedRecord;
import io.datamill.event.KeyedRecordTypeInformation;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.source.LakeFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawFilesTest {
    @TempDir
    private Path lake;

    @Test
    void givesBackEachRecordAsItWasFromTheDayThatItArrivedOn() throws Exception {
        RawFiles raw = new RawFiles(new Reference(lake.toString()), null);
        List<SourceRecord> records = List.of(
                record("mail/1", "2026-03-01T23:59:59.999Z", "key", 1, 2, 0, -1),
                record("mail/1", "2026-03-02T00:00:00Z", "", 7),
                record("mail/1", "2026-03-02T12:00:00Z", "\u00e4"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        List<KeyedRecord> keyed =
                records.stream().map(record -> new KeyedRecord("k", 1, record)).toList();
        raw.attach(env.fromData(keyed, KeyedRecordTypeInformation.INSTANCE), "raw");
        env.execute();

        assertThat(Files.isDirectory(lake.resolve("stream=mail%2F1").resolve("day=2026-03-01")))
                .isTrue();
        assertSame(read(raw, "2026-03-01"), records.subList(0, 1));
        assertSame(read(raw, "2026-03-02"), records.subList(1, 3));
    }

    private static List<SourceRecord> read(RawFiles raw, String day) throws Exception {
        List<SourceRecord> read = new ArrayList<>();
        new LakeFiles(raw.directory("mail/1", LocalDate.parse(day)).toString())
                .forEach(row -> read.add(RawFiles.record(row)));
        return read;
    }

    private static void assertSame(List<SourceRecord> read, List<SourceRecord> written) {
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).position()).isEqualTo(written.get(i).position());
            assertThat(read.get(i).partitionKey()).isEqualTo(written.get(i).partitionKey());
            assertThat(read.get(i).data()).isEqualTo(written.get(i).data());
        }
    }

    private static SourceRecord record(String stream, String arrival, String key, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        long time = Instant.parse(arrival).toEpochMilli();
        return new SourceRecord(
                new Position(stream, "shard-0", "49590338271490256608559692538361571095", time), key, data);
    }
}
