package io.datamill.sink.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.source.LakeFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFormatTest {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Row", "fields": [
              {"name": "text", "type": "string"},
              {"name": "maybe", "type": ["null", "string"]},
              {"name": "swapped", "type": ["long", "null"]},
              {"name": "parts", "type": {"type": "array", "items": {"type": "record", "name": "Part", "fields": [
                {"name": "name", "type": ["null", "string"]}]}}},
              {"name": "texts", "type": {"type": "array", "items": "string"}}]}
            """);

    @TempDir
    private Path directory;

    @Test
    void writesTextsAndNullsAtEveryDepthAsTheyAre() throws Exception {
        List<GenericData.Record> rows = List.of(
                row("Grüße \ud83d\ude00", "there", 1L, "inner", "a"),
                row("", null, null, null, "b"),
                row("Grüße \ud83d\ude00", "", 1L, "inner", "a"));
        ParquetFormat<IndexedRecord> format = new ParquetFormat<>(SCHEMA, row -> row);
        try (ParquetWriter<IndexedRecord> writer =
                format.writer(new LocalOutputFile(directory.resolve("rows.parquet")))) {
            for (GenericData.Record row : rows) {
                writer.write(row);
            }
        }

        List<String> read = new ArrayList<>();
        new LakeFiles(directory.toUri().toString()).forEach(row -> read.add(row.toString()));

        assertThat(read)
                .containsExactlyElementsOf(rows.stream().map(Object::toString).toList());
    }

    private static GenericData.Record row(String text, String maybe, Long swapped, String part, String element) {
        GenericData.Record inner =
                new GenericData.Record(SCHEMA.getField("parts").schema().getElementType());
        inner.put("name", part);
        GenericData.Record row = new GenericData.Record(SCHEMA);
        row.put("text", text);
        row.put("maybe", maybe);
        row.put("swapped", swapped);
        row.put("parts", List.of(inner));
        row.put("texts", List.of(element));
        return row;
    }
}
