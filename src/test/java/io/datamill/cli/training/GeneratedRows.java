package io.datamill.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Rows that can be learnt from: bad ones have more links, good ones more heat, and the two overlap. */
public final class GeneratedRows {
    /** What {@link #csv} writes; {@code flat} is always 7 and {@code note} a text. */
    public static final String HEADER = "user,links,heat,known,flat,note,bad";

    private static final Schema SCHEMA = SchemaBuilder.record("Click")
            .fields()
            .requiredString("user")
            .requiredDouble("links")
            .optionalDouble("heat")
            .requiredBoolean("known")
            .requiredInt("flat")
            .optionalString("note")
            .requiredBoolean("bad")
            .endRecord();

    private static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));

    private static final Schema LINEAGE = SchemaBuilder.record("Lineage")
            .fields()
            .requiredString("tenant")
            .requiredString("event_id")
            .name("event_time")
            .type(TIME)
            .noDefault()
            .requiredLong("version")
            .endRecord();

    private GeneratedRows() {}

    /** A row. */
    public record Row(String user, double links, Double heat, boolean known, boolean bad) {
        /** As a line of the CSV. */
        public String csv() {
            return String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,7,\"a, b\",%d",
                    user,
                    links,
                    heat == null ? "" : heat,
                    known,
                    bad ? 1 : 0);
        }

        GenericRecord avro() {
            GenericRecord row = new GenericData.Record(SCHEMA);
            row.put("user", user);
            row.put("links", links);
            row.put("heat", heat);
            row.put("known", known);
            row.put("flat", 7);
            row.put("note", "a, b");
            row.put("bad", bad);
            return row;
        }
    }

    /** Half of them bad. */
    public static List<Row> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean bad = i % 2 == 1;
            Double heat = i % 9 == 0 ? null : Math.round(100 * (random.nextGaussian() + (bad ? 0 : 2))) / 100.0;
            rows.add(new Row(
                    "u" + random.nextInt(40), random.nextInt(bad ? 9 : 4), heat, random.nextInt(3) > 0 != bad, bad));
        }
        return rows;
    }

    public static Path csv(Path file, List<Row> rows) throws IOException {
        return Files.write(
                file,
                Stream.concat(Stream.of(HEADER), rows.stream().map(Row::csv)).toList());
    }

    public static Path avro(Path file, List<Row> rows) throws IOException {
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.create(SCHEMA, file.toFile());
            for (Row row : rows) {
                writer.append(row.avro());
            }
        }
        return file;
    }

    public static void parquet(Path file, List<Row> rows) throws IOException {
        write(file, SCHEMA, rows.stream().map(Row::avro).toList());
    }

    /** The rows as the lake has outcomes, one a minute; in each file ids begin at 0. */
    public static void lake(Path file, String tenant, List<Row> rows, long version) throws IOException {
        Schema schema = SchemaBuilder.record("Outcome")
                .fields()
                .name("lineage")
                .type(LINEAGE)
                .noDefault()
                .requiredString("user")
                .requiredDouble("links")
                .optionalDouble("heat")
                .requiredBoolean("known")
                .requiredInt("flat")
                .name("received_at")
                .type(TIME)
                .noDefault()
                .endRecord();
        List<GenericRecord> outcomes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            GenericRecord outcome = new GenericData.Record(schema);
            GenericRecord row = rows.get(i).avro();
            List.of("user", "links", "heat", "known", "flat").forEach(name -> outcome.put(name, row.get(name)));
            outcome.put("lineage", lineage(tenant, "id-" + i, i, version));
            outcome.put("received_at", 60_000L * i);
            outcomes.add(outcome);
        }
        write(file, schema, outcomes);
    }

    /** Labels of the same ids. */
    public static void feedback(Path file, String tenant, List<Row> rows, long version, boolean right)
            throws IOException {
        Schema schema = SchemaBuilder.record("Feedback")
                .fields()
                .name("lineage")
                .type(LINEAGE)
                .noDefault()
                .requiredString("event_id")
                .requiredBoolean("bad")
                .endRecord();
        List<GenericRecord> labels = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            GenericRecord label = new GenericData.Record(schema);
            label.put("lineage", lineage(tenant, "feedback-" + version + '-' + i, i, version));
            label.put("event_id", "id-" + i);
            label.put("bad", rows.get(i).bad() == right);
            labels.add(label);
        }
        write(file, schema, labels);
    }

    private static GenericRecord lineage(String tenant, String id, int minute, long version) {
        GenericRecord lineage = new GenericData.Record(LINEAGE);
        lineage.put("tenant", tenant);
        lineage.put("event_id", id);
        lineage.put("event_time", 60_000L * minute);
        lineage.put("version", version);
        return lineage;
    }

    private static void write(Path file, Schema schema, List<GenericRecord> rows) throws IOException {
        Files.createDirectories(file.getParent());
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withSchema(schema)
                .build()) {
            for (GenericRecord row : rows) {
                writer.write(row);
            }
        }
    }
}
