package io.datamill.cli.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
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

    private GeneratedRows() {}

    /** A row. */
    public record Row(String user, double links, Double heat, boolean known, boolean bad) {
        /** As a line of the CSV. */
        public String csv() {
            return String.format(
                    Locale.ROOT, "%s,%s,%s,%s,7,\"a, b\",%d", user, links, heat == null ? "" : heat, known, bad ? 1 : 0);
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

    public static Path parquet(Path file, List<Row> rows) throws IOException {
        Files.createDirectories(file.getParent());
        try (ParquetWriter<GenericRecord> writer = AvroParquetWriter.<GenericRecord>builder(new LocalOutputFile(file))
                .withSchema(SCHEMA)
                .build()) {
            for (Row row : rows) {
                writer.write(row.avro());
            }
        }
        return file;
    }
}
