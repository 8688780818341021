package io.datamill.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputTableTest {
    @TempDir
    private Path folder;

    @Test
    void takesAColumnForWhatEveryValueOfEveryFileIs() throws Exception {
        csv("a.csv", "\uFEFFn,t,mixed,id,none,quoted", "1,true,1,007,,\"a,\"\"b\"\"\"", "-.5e3,FALSE,2,8,,x");
        csv("b.csv", "mixed,n,more", "two,3,4");
        Table table = table(Set.of("id"));
        assertThat(table.schema().getFields())
                .extracting(InputTableTest::type)
                .containsExactly(
                        "n DOUBLE",
                        "t BOOLEAN",
                        "mixed STRING",
                        "id STRING",
                        "none DOUBLE",
                        "quoted STRING",
                        "more DOUBLE");
        assertThat(rows(table))
                .containsExactly(
                        row(1.0, true, "1", "007", null, "a,\"b\"", null),
                        row(-500.0, false, "2", "8", null, "x", null),
                        row(3.0, null, "two", null, null, null, 4.0));
    }

    @Test
    void namesAColumnTheSameWhateverStandsBesideIt() {
        assertThat(CsvColumn.field("char_freq_;")).isEqualTo("char_freq_x3b");
        assertThat(CsvColumn.field("char_freq_(")).isEqualTo("char_freq_x28");
        assertThat(CsvColumn.field("is spam")).isEqualTo("is_spam");
        assertThat(CsvColumn.field("1st")).isEqualTo("_1st");
    }

    @Test
    void readsAvroOfSeveralVersionsAsOne() throws Exception {
        versions(false);
        assertThat(merged(table(Set.of()))).containsExactly(row("a", 1L, "DE", null), row("b", 5L, null, true));
    }

    @Test
    void readsParquetOfSeveralVersionsAsOne() throws Exception {
        versions(true);
        assertThat(merged(table(Set.of()))).containsExactly(row("a", 1L, "DE", null), row("b", 5L, null, true));
    }

    @Test
    void saysWhichFieldsDoNotFit() throws Exception {
        Schema text = SchemaBuilder.record("R").fields().requiredString("x").endRecord();
        Schema number = SchemaBuilder.record("R").fields().requiredLong("x").endRecord();
        avro("1.avro", new GenericRecordBuilder(text).set("x", "y").build());
        avro("2.avro", new GenericRecordBuilder(number).set("x", 1L).build());
        assertThatThrownBy(() -> table(Set.of())).hasMessageContaining("2.avro: field 'x' is \"long\", but");
    }

    private List<List<Object>> merged(Table table) throws IOException {
        assertThat(table.schema().getFields())
                .extracting(Schema.Field::name)
                .containsExactly("id", "count", "geo", "fresh");
        List<List<Object>> rows = rows(table);
        rows.forEach(row -> row.set(2, row.get(2) == null ? null : ((GenericRecord) row.get(2)).get("country")));
        return rows;
    }

    /** The first has a count of int and a geo, the second a long and something new. */
    private void versions(boolean parquet) throws IOException {
        Schema geo =
                SchemaBuilder.record("Geo").fields().optionalString("country").endRecord();
        Schema before = SchemaBuilder.record("Before")
                .fields()
                .requiredString("id")
                .requiredInt("count")
                .name("geo")
                .type(geo)
                .noDefault()
                .endRecord();
        Schema after = SchemaBuilder.record("After")
                .fields()
                .optionalBoolean("fresh")
                .requiredLong("count")
                .requiredString("id")
                .endRecord();
        GenericRecord first = new GenericRecordBuilder(before)
                .set("id", "a")
                .set("count", 1)
                .set("geo", new GenericRecordBuilder(geo).set("country", "DE").build())
                .build();
        GenericRecord second = new GenericRecordBuilder(after)
                .set("id", "b")
                .set("count", 5L)
                .set("fresh", true)
                .build();
        if (parquet) {
            parquet("1.parquet", first);
            parquet("2.parquet", second);
        } else {
            avro("1.avro", first);
            avro("2.avro", second);
        }
    }

    private Table table(Set<String> texts) throws IOException {
        return Table.of(DataFile.below(List.of(folder.toString())), texts);
    }

    private static List<List<Object>> rows(Table table) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        table.forEach((file, values) -> rows.add(row(values)));
        return rows;
    }

    private static List<Object> row(Object... values) {
        List<Object> row = new ArrayList<>();
        for (Object value : values) {
            row.add(value);
        }
        return row;
    }

    private static String type(Schema.Field field) {
        return field.name() + ' ' + field.schema().getTypes().get(1).getType();
    }

    private void csv(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    private void avro(String name, GenericRecord row) throws IOException {
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(row.getSchema()))) {
            writer.create(row.getSchema(), folder.resolve(name).toFile());
            writer.append(row);
        }
    }

    private void parquet(String name, GenericRecord row) throws IOException {
        LocalOutputFile file = new LocalOutputFile(folder.resolve(name));
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(file)
                .withSchema(row.getSchema())
                .build()) {
            writer.write(row);
        }
    }
}
