package io.datamill.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.source.Records;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSpoolTest {
    @Test
    void givesRecordsInTheOrderOfTheirArrivalWithTheirPositions() throws Exception {
        List<SourceRecord> read = spooled(record("10", 7, 0), record("9", 7, 0), record("8", 9, 0), record("11", 3, 2));

        assertThat(read)
                .extracting(record -> record.position().sequenceNumber())
                .containsExactly("11", "9", "10", "8");
        assertThat(read.get(0).position()).isEqualTo(new Position("mail", "shard-0", "11", 3, 2));
        assertThat(read.get(0).partitionKey()).isEqualTo("key");
        assertThat(read.get(0).data()).containsExactly(11);
    }

    @Test
    void givesWhatWasKeptTwiceOnce() throws Exception {
        assertThat(spooled(record("1", 7, 0), record("2", 7, 0), record("1", 7, 0), record("1", 7, 1)))
                .hasSize(3);
    }

    @Test
    void keepsTheRecordsOfInputsApart() throws Exception {
        try (RecordSpool spool = new RecordSpool()) {
            spool.add("", record("1", 1, 0));
            spool.add("labels", record("2", 1, 0));

            assertThat(spool.ordered()).containsOnlyKeys("", "labels");
        }
    }

    private static List<SourceRecord> spooled(SourceRecord... records) throws Exception {
        List<SourceRecord> read = new ArrayList<>();
        try (RecordSpool spool = new RecordSpool()) {
            for (SourceRecord record : records) {
                spool.add("", record);
            }
            for (Records some : spool.ordered().get("")) {
                some.forEach(read::add);
            }
        }
        return read;
    }

    private static SourceRecord record(String number, long arrival, int part) {
        return new SourceRecord(
                new Position("mail", "shard-0", number, arrival, part), "key", new byte[] {Byte.parseByte(number)});
    }
}
