package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.testing.Mails;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way from a file to JSON lines, on a real Flink of this process. */
class TryCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PIPELINE = """
            pipeline: small
            adapter: { avro: { registry: kinesis-fixtures/email-metadata/schemas, schema: email-metadata-v4 } }
            event: { id: event_id, time: received_at, tenant: org_id }
            steps:
              - filter: "from_domain != 'dropped.example'"
              - deduplicate: { id: once, within: 24h }
              - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
            branches:
              heavy: { when: "seen > 1", steps: [ { select: [event_id, seen] } ], sinks: [ { kinesis: { stream: x } } ] }
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void givesOutcomesAndASummaryThatAddsUp() throws Exception {
        Path input = mails("a.example", "b.example", "a.example", "dropped.example");

        assertThat(run("--input", input.toString())).as(err.toString()).isZero();

        assertThat(lines(out.toString()))
                .extracting(line -> line.get("event_id").asText() + ' ' + line.get("seen"))
                .containsExactlyInAnyOrder("id-0 1", "id-1 1", "id-2 2");
        JsonNode summary = JSON.readTree(err.toString());
        assertThat(List.of("in", "out", "filtered", "duplicate", "rejected", "late"))
                .extracting(fate -> summary.get(fate).asInt())
                .containsExactly(4, 3, 1, 0, 0, 0);
        assertThat(summary.get("seconds").asDouble()).isPositive();
    }

    @Test
    void readsAFileTwiceAndFindsTheCopies() throws Exception {
        Path input = mails("a.example", "b.example");
        Path zipped = folder.resolve("again.avro.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(input, gzip);
        }

        assertThat(run("--input", input.toString(), "--input", zipped.toString()))
                .isZero();

        assertThat(JSON.readTree(err.toString()).get("duplicate").asInt()).isEqualTo(2);
    }

    @Test
    void stopsBehindAStepAndGivesABranch() throws Exception {
        Path input = mails("a.example", "a.example", "dropped.example");

        assertThat(run("--input", input.toString(), "--until", "steps[0]")).isZero();
        assertThat(lines(out.toString())).hasSize(2).allMatch(line -> !line.has("seen"));

        out.getBuffer().setLength(0);
        assertThat(run("--input", input.toString(), "--branch", "heavy")).isZero();
        assertThat(out.toString()).isEqualTo("{\"event_id\":\"id-1\",\"seen\":2}\n");
    }

    @Test
    void tellsMistakesWithStatusOne() throws Exception {
        assertThat(run("--input", "nowhere.avro")).isEqualTo(1);
        assertThat(run("--input", mails("a").toString(), "--until", "nope")).isEqualTo(1);
        assertThat(run("--input", mails("a").toString(), "--branch", "nope")).isEqualTo(1);
        assertThat(run("--input", mails("a").toString(), "--output", "nowhere/outcomes"))
                .isEqualTo(1);
        Path text = Files.writeString(folder.resolve("text.avro"), "no Avro");
        assertThat(run("--input", text.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "nowhere.avro: no such file",
                        "no step 'nope'; there is steps[0].filter",
                        "no branch 'nope'",
                        "nowhere/outcomes: no directory")
                .contains("text.avro is no Avro object container");
    }

    private int run(String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("p.yaml"), PIPELINE);
        CommandLine command = Datamill.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] args = new String[options.length + 2];
        args[0] = "try";
        args[1] = file.toString();
        System.arraycopy(options, 0, args, 2, options.length);
        return command.execute(args);
    }

    private static List<JsonNode> lines(String text) {
        return text.lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }

    private Path mails(String... domains) throws IOException {
        Path file = folder.resolve("mails.avro");
        List<GenericRecord> mails = IntStream.range(0, domains.length)
                .mapToObj(i -> Mails.record(4, "event_id", "id-" + i, "from_domain", domains[i]))
                .toList();
        Schema schema = mails.get(0).getSchema();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
            writer.create(schema, file.toFile());
            for (GenericRecord mail : mails) {
                writer.append(mail);
            }
        }
        return file;
    }
}
