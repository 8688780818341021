package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.testing.Mails;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.codec.digest.DigestUtils;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole way from a sample to files and to a run with them, on a real Flink of this process. */
class FitCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Offset<Double> CLOSE = Offset.offset(1e-9);
    private static final String PIPELINE = """
            pipeline: small
            adapter: { avro: { registry: kinesis-fixtures/email-metadata/schemas, schema: email-metadata-v4 } }
            event: { id: event_id, time: received_at, tenant: org_id }
            steps:
              - filter: "from_domain != 'dropped.example'"
              - standard-scale: { fields: [url_count], fitted: "${env:FIT_TEST:-nowhere}/scale.json" }
              - derive: { twice: "url_count * 2.0 + 1.0" }
              - min-max: { fields: [twice], fitted: "${env:FIT_TEST:-nowhere}/range.json", version-as: by }
              - encode: { fields: { from_domain: one-hot }, fitted: "${env:FIT_TEST:-nowhere}/domain.json" }
              - select: [url_count, twice, from_domain, by]
            """;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file;
    private Path input;
    private Path fitted;

    @BeforeEach
    void writePipelineAndSample() throws Exception {
        file = Files.writeString(folder.resolve("p.yaml"), PIPELINE);
        input = mails("b.example", "a.example", "b.example", "dropped.example");
        fitted = folder.resolve("new/fitted");
    }

    @Test
    void fitsEachStepOnWhatThoseBeforeItGiveAndRunsWithThat() throws Exception {
        assertThat(fit()).as(err.toString()).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .matches(
                        "standard-scale steps\\[1]\\.standard-scale 3 rows, version [0-9a-f]{12}, .*/fitted/scale\\.json");
        assertThat(lines.get(1)).startsWith("min-max steps[3].min-max 3 rows, version ");
        JsonNode scale = read("scale.json");
        // Of 0, 1 and 2: the dropped one has 3.
        assertThat(scale.at("/parameters/fields/url_count/mean").doubleValue()).isEqualTo(1);
        assertThat(scale.at("/fitted_on/source").asText()).isEqualTo("mails.avro");
        assertThat(scale.at("/fitted_on/sha256").asText()).isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(input)));
        double furthest = Math.sqrt(1.5);
        JsonNode range = read("range.json").at("/parameters/fields/twice");
        assertThat(range.get("min").doubleValue()).isCloseTo(1 - 2 * furthest, CLOSE);
        assertThat(range.get("max").doubleValue()).isCloseTo(1 + 2 * furthest, CLOSE);
        assertThat(read("domain.json").at("/parameters/fields/from_domain/categories"))
                .extracting(JsonNode::asText)
                .containsExactly("a.example", "b.example");

        Files.writeString(file, PIPELINE.replace("${env:FIT_TEST:-nowhere}", fitted.toString()));
        fitsOneStepAgainToTheSameBytes();
        runsWithWhatIsFitted();
    }

    private void fitsOneStepAgainToTheSameBytes() throws Exception {
        byte[] once = Files.readAllBytes(fitted.resolve("range.json"));
        Files.delete(fitted.resolve("domain.json"));
        assertThat(fit("--step", "min-max")).as(err.toString()).isZero();
        assertThat(Files.readAllBytes(fitted.resolve("range.json"))).isEqualTo(once);
        assertThat(fitted.resolve("domain.json")).doesNotExist();
        assertThat(fit("--step", "domain.json")).as(err.toString()).isZero();
    }

    private void runsWithWhatIsFitted() throws Exception {
        out.getBuffer().setLength(0);
        assertThat(run("try", file.toString(), "--input", input.toString()))
                .as(err.toString())
                .isZero();

        JsonNode first = JSON.readTree(out.toString().lines().findFirst().orElseThrow());
        assertThat(first.get("url_count").doubleValue()).isCloseTo(-Math.sqrt(1.5), CLOSE);
        assertThat(first.get("twice").doubleValue()).isCloseTo(0, CLOSE);
        assertThat(first.get("from_domain")).extracting(JsonNode::asDouble).containsExactly(0.0, 1.0);
        assertThat(first.get("by").asText())
                .isEqualTo("range.json@" + read("range.json").get("version").asText());
    }

    @Test
    void tellsMistakesWithStatusOne() throws Exception {
        assertThat(fit("--step", "range.json")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "p.yaml:6:",
                        "steps[1].standard-scale.fitted: nowhere/scale.json is not there: run `datamill fit");
        assertThat(fit("--step", "nope")).isEqualTo(1);
        assertThat(err.toString()).contains("no fitted step 'nope'; there is steps[1].standard-scale, steps[3]");
        Files.writeString(file, PIPELINE.replace("/range.json", "/scale.json"));
        assertThat(fit()).isEqualTo(1);
        assertThat(err.toString()).contains("would both be written to scale.json");
        Files.writeString(file, PIPELINE.replace("[url_count], fitted", "[url_counts], fitted"));
        assertThat(fit()).isEqualTo(1);
        assertThat(err.toString()).contains("fields[0]: no field 'url_counts'; did you mean 'url_count'?");
        Files.writeString(file, PIPELINE.replace("from_domain != 'dropped.example'", "false"));
        assertThat(fit()).isEqualTo(1);
        assertThat(err.toString()).contains("field 'url_count' has no value in the sample's 0 rows");
    }

    @Test
    void fitsNoStepOfABranch() throws Exception {
        Files.writeString(file, PIPELINE + """
                branches:
                  more:
                    steps: [ { standard-scale: { fields: [twice], fitted: x/more.json } } ]
                    sinks: [ { kinesis: { stream: x } } ]
                """);
        assertThat(fit()).isEqualTo(1);
        assertThat(err.toString()).contains("branches.more.steps[0].standard-scale: only the pipeline's own steps");
    }

    private int fit(String... more) {
        String[] args = new String[more.length + 6];
        System.arraycopy(
                new String[] {"fit", file.toString(), "--input", input.toString(), "--out", fitted.toString()},
                0,
                args,
                0,
                6);
        System.arraycopy(more, 0, args, 6, more.length);
        return run(args);
    }

    private int run(String... args) {
        CommandLine command = Datamill.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(args);
    }

    private JsonNode read(String name) throws IOException {
        return JSON.readTree(Files.readAllBytes(fitted.resolve(name)));
    }

    private Path mails(String... domains) throws IOException {
        Path mails = folder.resolve("mails.avro");
        List<GenericRecord> records = IntStream.range(0, domains.length)
                .mapToObj(i -> Mails.record(4, "event_id", "id-" + i, "from_domain", domains[i], "url_count", i))
                .toList();
        Schema schema = records.get(0).getSchema();
        try (DataFileWriter<GenericRecord> writer =
                new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
            writer.create(schema, mails.toFile());
            for (GenericRecord mail : records) {
                writer.append(mail);
            }
        }
        return mails;
    }
}
