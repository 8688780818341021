package io.datamill.cli.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.schema.SharedData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceTest {
    @TempDir
    private Path folder;

    @Test
    void tellsTheTypesOfJson() throws Exception {
        assertThat(fields("""
                        {"id": 3000000000, "n": 1, "x": 1.5, "on": true, "who": "a b", "tags": ["x", "y"], "none": null}
                        {"id": 1, "n": 2, "x": 2, "on": false, "tags": [], "none": null}
                        """))
                .containsExactly(
                        "id: long",
                        "n: int",
                        "x: double",
                        "on: boolean",
                        "who: string?",
                        "tags: array<string>",
                        "none: string? # never there: a guess");
    }

    @Test
    void readsObjectsArraysAndLinesAlike() throws Exception {
        assertThat(fields("[{\"a\": 1},\n {\"a\": 2}]")).containsExactly("a: int");
        assertThat(fields("{\"a\": 1}{\"a\": 2}")).containsExactly("a: int");
        assertThat(infer("s.json", "{\"a\": 1}\n7\n[{\"a\": 2}, \"x\"]\n").counts())
                .isEqualTo(new Inference.Counts(2, 2));
    }

    @Test
    void nestsRecordsAndListsOfThem() throws Exception {
        assertThat(fields("""
                        {"geo": {"country": "DE", "at": [1.5, 2.5]}, "peers": [{"id": 1}, {"id": 2, "up": true}]}
                        {"geo": null, "peers": []}
                        """))
                .containsExactly(
                        "geo?:",
                        "  country: string",
                        "  at: array<double>",
                        "peers:",
                        "  - id: int",
                        "    up: boolean?");
    }

    @Test
    void findsTheFormatsOfTimes() throws Exception {
        assertThat(fields("""
                        {"a": "2026-01-31T12:00:00.5Z", "b": "2026-01-31", "c": "31/Jan/2026:12:00:00 +0100",
                         "d": "31.01.2026", "created_at": 1769860800, "ts": 1769860800123, "e": "2026-01-31 12:00:00",
                         "f": "Sat, 31 Jan 2026 12:00:00 GMT"}
                        """))
                .containsExactly(
                        "a: timestamp",
                        "b: date",
                        "c: \"timestamp[dd/MMM/yyyy:HH:mm:ss Z]\"",
                        "d: \"date[dd.MM.yyyy]\"",
                        "created_at: \"timestamp[epoch-seconds]\"",
                        "ts: \"timestamp[epoch-millis]\"",
                        "e: \"timestamp[yyyy-MM-dd HH:mm:ss]\"",
                        "f: \"timestamp[EEE, dd MMM yyyy HH:mm:ss zzz]\"");
    }

    @Test
    void takesANumberForATimeOnlyWhereItsNameSaysSo() throws Exception {
        assertThat(fields("{\"revision\": 1769860800, \"updated\": 12}"))
                .containsExactly("revision: long", "updated: int");
    }

    @Test
    void saysWhereTheOrderOfDayAndMonthIsOpen() throws Exception {
        assertThat(fields("{\"d\": \"01/02/2026\"}")).containsExactly("d: \"date[MM/dd/yyyy]\" # or date[dd/MM/yyyy]");
        assertThat(fields(
                        "{\"d\": \"01/02/2026\"}{\"d\": \"31/02/2026\"}{\"d\": \"31/12/2026\"}{\"d\": \"30/12/2026\"}"))
                .containsExactly(
                        "d: string # 75% are date[dd/MM/yyyy]"); // 31 February is no day: the format holds for 3 of 4
        // only.
    }

    @Test
    void holdsForAShareOfTheSample() throws Exception {
        String sample = IntStream.range(0, 100)
                .mapToObj(i -> "{\"n\": " + (i < 97 ? "1" : "\"x\"") + ", \"m\": " + (i < 90 ? "1" : "\"x\"") + "}")
                .collect(Collectors.joining("\n"));
        assertThat(infer("s.json", sample).table().lines().map(String::strip))
                .contains("n      int       0%    97%", "m      string    0%    10%  of several types");
    }

    @Test
    void proposesAnEnumForFewValuesThatComeAgain() throws Exception {
        String sample = IntStream.range(0, 60)
                .mapToObj(i -> "{\"k\": \"" + "abc".charAt(i % 3) + "\", \"few\": \"no name " + i % 3
                        + "\", \"many\": \"v" + i + "\"}")
                .collect(Collectors.joining("\n"));
        assertThat(fields(sample))
                .containsExactly(
                        "k: enum(a,b,c) # any other value is rejected", "few: string # one of 3 texts", "many: string");
    }

    @Test
    void takesNamesThatAreDataForAMap() throws Exception {
        assertThat(fields("{\"responses\": {\"1xx\": 1, \"2xx\": 2}, \"$ref\": \"x\", \"a-b\": 1, \"a_b\": 2}"))
                .containsExactly(
                        "responses: map<int>",
                        "_ref: string # $ref",
                        "a_b: int # a-b",
                        "a_b_2: int # a_b",
                        "names:",
                        "_ref: '$ref'",
                        "a_b: 'a-b'",
                        "a_b_2: 'a_b'");
        assertThat(fields("{\"l\": [{\"x.y\": 1}], \"o\": {\"it's\": 2}}"))
                .endsWith("names:", "\"l[].x_y\": 'x\\.y'", "o.it_s: 'it''s'");
        String sample = IntStream.range(0, 40)
                .mapToObj(i -> "{\"by_user\": {\"u" + i + "\": " + i + "}}")
                .collect(Collectors.joining("\n"));
        assertThat(fields(sample)).containsExactly("by_user: map<int>");
    }

    @Test
    void keepsItsMemoryInBounds() throws Exception {
        StringBuilder wide = new StringBuilder("{\"a\": {");
        for (int i = 0; i < 3000; i++) {
            wide.append(i == 0 ? "" : ", ")
                    .append("\"f")
                    .append(i)
                    .append("\": ")
                    .append(i % 2 == 0 ? "1" : "\"x\"");
        }
        Inference inference = infer("s.json", wide.append("}}").toString());
        assertThat(inference.guess().parts().get(0).guess().parts()).hasSize(Observed.MOST_FIELDS);
        assertThat(inference.table()).contains("more fields than shown");
        assertThat(infer("deep.json", "{\"a\":".repeat(60) + "1" + "}".repeat(60))
                        .table()
                        .lines())
                .hasSizeLessThan(20);
    }

    @Test
    void readsNumbersOutOfCsv() throws Exception {
        Inference inference =
                infer("s.csv", "id,x,on,day,name\r\n1,1.5,true,2026-01-31,\"a, b\"\r\n2,,false,2026-02-01,c\r\n");
        assertThat(lines(inference))
                .containsExactly("id: int", "x: double?", "on: boolean", "day: date", "name: string");
        assertThat(inference.columns()).containsExactly("id", "x", "on", "day", "name");
        assertThat(lines(infer("s.csv", "x\n" + "0\n".repeat(99) + "0.5\n"))).containsExactly("x: double");
        assertThat(lines(infer("s.tsv", "id\tzip\n1\t01234\n"))).containsExactly("id: int", "zip: string");
    }

    @Test
    void readsGzipWithoutItsName() throws Exception {
        Path file = folder.resolve("sample");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"a\": 1}".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(lines(Inference.of(List.of(file), 10, null))).containsExactly("a: int");
    }

    @Test
    void keepsTheSchemaThatAvroHas() throws Exception {
        Schema schema = SchemaBuilder.record("Edit")
                .fields()
                .requiredLong("id")
                .optionalString("user")
                .endRecord();
        Path file = folder.resolve("s.avro");
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            for (long i = 0; i < 4; i++) {
                GenericData.Record edit = new GenericData.Record(schema);
                edit.put(0, i);
                edit.put(1, i == 0 ? null : "ann");
                writer.append(edit);
            }
        }
        Inference inference = Inference.of(List.of(file), 10, null);
        assertThat(new Schema.Parser().parse(inference.avro("other"))).isEqualTo(schema);
        assertThat(lines(inference)).containsExactly("id: long", "user: string?");
        assertThat(inference.table()).contains("user   string?   25%   100%");
    }

    @Test
    void proposesASchemaThatAvroTakes() throws Exception {
        Inference inference = infer("s.json", """
                {"at": "2026-01-31T12:00:00Z", "d": "31.01.2026", "peers": [{"id": 1, "geo": {"lat": 1.5}}], "geo": {"lat": 1},
                 "m": {"1": "a", "2": "b"}, "n": null, "$x": true}
                """);
        Schema schema = new Schema.Parser().parse(inference.avro("sample"));
        assertThat(schema.getName()).isEqualTo("sample");
        assertThat(schema.getField("at").schema().getLogicalType().getName()).isEqualTo("timestamp-millis");
        assertThat(schema.getField("d").doc()).startsWith("dd.MM.yyyy; holds for 100% of 1 values");
        assertThat(schema.getField("n").schema().isNullable()).isTrue();
        assertThat(schema.getField("_x").doc()).startsWith("'$x' in the sample; ");
        assertThat(schema.getField("m").schema().getType()).isEqualTo(Schema.Type.MAP);
    }

    @Test
    void saysWhereASampleIsBroken() {
        assertThatThrownBy(() -> infer("s.json", "{\"a\": 1}\n{\"a\": }\n"))
                .isInstanceOf(BadSampleException.class)
                .hasMessageContaining("s.json:2:")
                .hasMessageContaining("not JSON");
        assertThatThrownBy(() -> infer("s.csv", "a,b\n1\n"))
                .hasMessageEndingWith(":2: 1 columns, expected 2 as in the header");
        assertThatThrownBy(() -> infer("s", "hello")).hasMessageContaining("say which with --format");
        assertThatThrownBy(() -> infer("s", "")).hasMessageEndingWith("is empty");
        assertThatThrownBy(() -> infer("s.json", "[]")).hasMessageContaining("no record in it");
        assertThatThrownBy(() -> {
                    Files.write(folder.resolve("s.json"), new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});
                    Inference.of(List.of(folder.resolve("s.json")), 10, null);
                })
                .hasMessageEndingWith("not UTF-8");
    }

    @Test
    void readsRealSamples() throws Exception {
        assertThat(lines(of("wikiticker/edits-2015-09-12-h00-11.json.gz")))
                .contains("time: timestamp", "metroCode: int?", "isRobot: boolean", "delta: int", "cityName: string?");
        assertThat(lines(of("wikimedia-recentchange/recentchange_100.ndjson")))
                .contains("  dt: timestamp", "timestamp: \"timestamp[epoch-seconds]\"", "  old: long", "id: long");
        assertThat(lines(of("f1-races/races_f1db.csv")))
                .contains("date: date", "year: int", "courseLength: double", "time: string?");
        assertThat(lines(of("elastic-examples-logs/nginxplus_json.log")))
                .contains("load_timestamp: \"timestamp[epoch-millis]\" # always the same", "    responses: map<int>");
        assertThat(of("spambase/spambase-train.csv").guess().parts())
                .hasSize(58)
                .allSatisfy(part -> assertThat(part.guess().type()).isIn("int", "double"));
    }

    private static Inference of(String shared) throws IOException {
        return Inference.of(List.of(SharedData.find(shared)), 100_000, null);
    }

    private Inference infer(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return Inference.of(List.of(file), 100_000, null);
    }

    private List<String> fields(String json) throws IOException {
        return lines(infer("s.json", json));
    }

    private static List<String> lines(Inference inference) {
        return inference
                .options("")
                .lines()
                .skip(1)
                .map(line -> line.startsWith("  ") ? line.substring(2) : line)
                .toList();
    }
}
