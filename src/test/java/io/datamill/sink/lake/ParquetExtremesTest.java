package io.datamill.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.schema.TypeText;
import io.datamill.testing.ExtremeValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lake takes every value that an event can have: a file has no row that is refused alone. */
class ParquetExtremesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int?",
                "long",
                "double?",
                "decimal(1,0)",
                "decimal(9,9)?",
                "decimal(38,38)",
                "string?",
                "bytes?",
                "boolean",
                "timestamp?",
                "date",
                "enum(a,b)?",
                "array<string?>?",
                "array<decimal(5,1)>",
                "array<array<int?>>",
                "map<long?>?",
                "map<string>",
                "map<array<date?>?>"
            })
    void takesWhatAnEventMayHold(String type) throws Exception {
        Schema outcome = Schema.createRecord("E", null, "e", false);
        outcome.setFields(List.of(new Schema.Field("v", TypeText.parse(type))));
        OutcomeView view = new OutcomeView(new PipelineVersion("p", "0", 0), outcome);
        ExtremeValues extreme = new ExtremeValues(new Random(1));
        Path file = folder.resolve("rows.parquet");
        try (ParquetWriter<Event> writer = new ParquetFormat<>(view.schema(), view).writer(new LocalOutputFile(file))) {
            for (int i = 0; i < 300; i++) {
                Header header = new Header("acme", "id-" + i, i, null, source(i));
                writer.write(new Event(header, "", extreme.values(outcome)));
            }
        }
        assertThat(Files.size(file)).isPositive();
    }

    private static SourceRecord source(int number) {
        return new SourceRecord(new Position("s", "0", Integer.toString(number), 0), "", new byte[0]);
    }
}
