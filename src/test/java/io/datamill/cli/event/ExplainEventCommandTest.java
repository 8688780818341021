package io.datamill.cli.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.cli.CommandLines;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExplainEventCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static StoredRun run;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void runPipeline() throws Exception {
        run = new StoredRun(folder);
    }

    @Test
    void tellsAnEventsWay() {
        assertThat(explain("--input", run.lake(), "--id", "e200"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .startsWith("event e200 of tenant acme")
                .contains(
                        "  position: new/given/50",
                        "  arrival_time: 2026-03-01T00:00:00.000Z",
                        "fields that the model reads",
                        "  links: [\"a\",\"b\"]",
                        "profile values",
                        "  computed again by the same version: the same number")
                .anySatisfy(line -> assertThat(line).matches("  seen: [1-9]\\d*"))
                .anySatisfy(line -> assertThat(line).matches("score trust: 0\\.\\d+ by mails@" + run.versions.get(1)))
                .anySatisfy(line -> assertThat(line).matches("  in the shadow: \\S+ by mails@" + run.versions.get(2)))
                .anySatisfy(line -> assertThat(line).matches("  log-odds +[+-]\\d+\\.\\d{6}"))
                .anySatisfy(line -> assertThat(line).matches("verdict \\w+.* of mail-rules@[0-9a-f]{12}"))
                .contains("  regular (pass): seen > 100: false");
    }

    @Test
    void addsContributionsUpToTheLogOddsTheStrongestFirst() throws Exception {
        assertThat(explain("--input", run.lake(), "--id", "e7", "--shap", "--json"))
                .isZero();
        JsonNode again = JSON.readTree(out.toString()).at("/scores/0/again");
        double sum = again.at("/bias").asDouble();
        double exact = sum;
        double last = Double.POSITIVE_INFINITY;
        for (JsonNode feature : again.at("/features")) {
            sum += feature.at("/contribution").asDouble();
            exact += feature.at("/shap").asDouble();
            assertThat(Math.abs(feature.at("/contribution").asDouble())).isLessThanOrEqualTo(last);
            last = Math.abs(feature.at("/contribution").asDouble());
        }
        assertThat(again.at("/features")).hasSize(4);
        assertThat(sum).isCloseTo(again.at("/log_odds").asDouble(), within(1e-9));
        assertThat(exact).isCloseTo(again.at("/log_odds").asDouble(), within(1e-6));
        assertThat(JSON.readTree(out.toString()).at("/scores/0/model").asText())
                .isEqualTo("mails@" + run.versions.get(0));
    }

    @Test
    void asksOnlyTheRulesUpToTheOneThatDecided() throws Exception {
        for (int i = 0; i < 300; i++) {
            out.getBuffer().setLength(0);
            assertThat(explain("--input", run.lake(), "--id", "e" + i, "--json"))
                    .isZero();
            JsonNode decision = JSON.readTree(out.toString()).get("decision");
            if (decision.path("rule").asText().equals("low")) {
                assertThat(decision.get("answers"))
                        .extracting(answer -> answer.path("says").asText("not asked"))
                        .containsExactly("false", "true", "not asked");
                return;
            }
        }
        throw new AssertionError("no event was decided by the second rule");
    }

    @Test
    void saysSoWhereTheVersionIsNotThereAnyMore() throws Exception {
        Path elsewhere = Files.createTempDirectory(folder, "elsewhere");
        StoredRun other = new StoredRun(elsewhere);
        other.delete(other.versions.get(0));
        // The plan itself needs every version that is served: the pointer goes on without it.
        new ArtifactDirectory(elsewhere + "/models").write(Pointer.first(other.versions.get(1), Instant.EPOCH));
        assertThat(explain(other, "--input", other.lake(), "--id", "e1"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("not computed again: mails@" + other.versions.get(0) + " is not in the directory any more");
    }

    @Test
    void tellsInOneLineThatThereIsNoSuchEvent() {
        assertThat(explain("--input", run.lake(), "--id", "e999")).isEqualTo(1);
        assertThat(err.toString()).startsWith("explain-event: no event 'e999' in the input\n");
        err.getBuffer().setLength(0);
        assertThat(explain("--input", run.lake(), "--id", "e1", "--tenant", "beta"))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("explain-event: no event 'e1' of tenant beta in the input\n");
    }

    @Test
    void takesTheOutcomeOfTheHighestVersion() throws Exception {
        Schema lineage = SchemaBuilder.record("Lineage")
                .fields()
                .requiredString("tenant")
                .requiredString("event_id")
                .requiredLong("event_time")
                .requiredLong("version")
                .endRecord();
        Schema row = SchemaBuilder.record("Row")
                .fields()
                .name("lineage")
                .type(lineage)
                .noDefault()
                .requiredString("verdict")
                .endRecord();
        Path file = folder.resolve("twice.avro");
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(row))) {
            writer.create(row, file.toFile());
            for (long version : new long[] {5, 7, 6}) {
                writer.append(new GenericRecordBuilder(row)
                        .set(
                                "lineage",
                                new GenericRecordBuilder(lineage)
                                        .set("tenant", "acme")
                                        .set("event_id", "e")
                                        .set("event_time", 0L)
                                        .set("version", version)
                                        .build())
                        .set("verdict", "pass")
                        .build());
            }
        }
        assertThat(explain("--input", file.toString(), "--id", "e"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("  version: 7\n");
    }

    @Test
    void asksForTheTenantWhereSeveralHaveTheEvent() throws Exception {
        Path both = Files.writeString(folder.resolve("both.csv"), "event_id,tenant,size\ne,acme,1\ne,beta,2\n");
        assertThat(explain("--input", both.toString(), "--id", "e")).isEqualTo(1);
        assertThat(err.toString()).contains("several tenants have an event 'e': give --tenant: acme, beta");
    }

    private int explain(String... options) {
        return explain(run, options);
    }

    private int explain(StoredRun of, String... options) {
        CommandLine datamill = CommandLines.datamill();
        datamill.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> args = Stream.concat(
                        Stream.of("explain-event", of.pipeline().toString()), Stream.of(options))
                .toList();
        return datamill.execute(args.toArray(String[]::new));
    }
}
