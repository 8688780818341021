package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.config.PipelineVersion;
import io.datamill.source.KinesisConfig;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    @Test
    void plansAValidPipeline() throws Exception {
        Plan plan = TestCatalog.plan("""
                steps:
                  - impute: { attachment_count: 0 }
                  - derive: { many: "attachment_count > 3", heavy: "size_bytes > 100000" }
                  - filter: "many || heavy"
                  - decide: { quarantine: "many && heavy", labels: { big: heavy } }
                """);

        assertThat(plan.version().name()).isEqualTo("small");
        assertThat(plan.version().digest()).matches("[0-9a-f]{12}");
        assertThat(plan.input().source().start()).isEqualTo(KinesisConfig.Start.LATEST);
        assertThat(plan.input().event().lateAfter()).isEqualTo(Duration.ofMinutes(5));
        assertThat(plan.trunk().legs()).singleElement().satisfies(leg -> {
            assertThat(leg.key()).isNull();
            assertThat(leg.steps())
                    .extracting("path")
                    .containsExactly("steps[0].impute", "steps[1].derive", "steps[2].filter", "steps[3].decide");
        });
        assertThat(plan.outcome().getFields().stream().map(Schema.Field::name))
                .endsWith("size_bytes", "many", "heavy", "verdict", "label", "rule");
        assertThat(plan.trunk().sinks())
                .singleElement()
                .extracting("path", "id", "when")
                .containsExactly("sinks[0].postgres", "postgres", null);
        assertThat(plan.accounts().rejects()).containsOnlyKeys("s3");
    }

    @Test
    void aPipelineMayHaveNoSteps() throws Exception {
        Plan plan = TestCatalog.plan("");

        assertThat(plan.trunk().legs()).containsExactly(new Plan.Leg(null, List.of()));
        assertThat(plan.outcome().getName()).isEqualTo("Mail");
    }

    @Test
    void theVersionFollowsTheText() throws Exception {
        PipelineVersion one = TestCatalog.plan("").version();
        PipelineVersion other = TestCatalog.plan("generation: 3\n").version();

        assertThat(other.generation()).isEqualTo(3);
        assertThat(one.digest()).isNotEqualTo(other.digest());
    }

    @Test
    void numbersSinksOfOneKind() throws Exception {
        String sinks = """
                sinks:
                  - kinesis: { stream: verdicts, when: "size_bytes > 1" }
                  - kinesis: { stream: others }
                rejects: { s3: { path: "s3://lake/rejects" } }
                ledger: { url: u }
                """;

        Plan plan = new Planner(TestCatalog.CATALOG).plan(TestCatalog.HEAD + sinks);

        assertThat(plan.trunk().sinks()).extracting(Plan.Delivery::id).containsExactly("kinesis", "kinesis-2");
        assertThat(plan.trunk().sinks().get(0).when().source()).isEqualTo("size_bytes > 1");
    }

    @Test
    void tellsEveryMistakeAtOnce() throws Exception {
        Path folder = Path.of("src/test/resources/pipelines");

        assertThat(problems(Files.readString(folder.resolve("every-mistake.yaml"))))
                .containsExactlyElementsOf(Files.readAllLines(folder.resolve("every-mistake.txt")));
    }

    @Test
    void tellsOfMissingSections() {
        assertThat(problems("pipeline: small\nsteps: []\n"))
                .containsExactly(
                        "1:1: source: the section is missing",
                        "1:1: adapter: the section is missing",
                        "1:1: event: the section is missing",
                        "1:1: sinks: the section is missing",
                        "1:1: rejects: the section is missing",
                        "1:1: ledger: the section is missing",
                        "2:8: steps: expected a list that begins with '- ', but read an empty list");
    }

    @Test
    void tellsOfAnUnknownSchema() {
        assertThat(problems((TestCatalog.HEAD + TestCatalog.TAIL).replace("email-metadata-v4", "email")))
                .containsExactly("3:47: adapter.avro.schema: no schema 'email'");
    }

    @Test
    void tellsAFailureOnceAndNotWhatFollowsFromIt() {
        assertThat(problems(TestCatalog.HEAD + """
                        steps:
                          - geoip: { ip: [sender_ip], database: db, as: geo }
                          - filter: "geo.country == 'DE'"
                          - derive: { heavy: "size_byte > 1" }
                          - filter: "!heavy && url_cont > 2"
                        """ + TestCatalog.TAIL))
                .containsExactly(
                        "6:18: steps[0].geoip.ip: expected a single value, but read a list",
                        "8:22: steps[2].derive.heavy: column 1: no field 'size_byte'; did you mean 'size_bytes'?",
                        "9:13: steps[3].filter: column 11: no field 'url_cont'; did you mean 'url_count'?");
    }

    @Test
    void refusesTextThatIsNotOnePlainDocument() {
        assertThat(problems("")).containsExactly("1:1: expected a mapping that begins with 'pipeline: NAME'");
        assertThat(problems("- a\n")).containsExactly("1:1: expected a mapping that begins with 'pipeline: NAME'");
        assertThat(problems("pipeline: [a\nsteps: b\n"))
                .containsExactly("2:6: not YAML: while parsing a flow sequence: expected ',' or ']', but got :");
        assertThat(problems("pipeline: a\n---\npipeline: b\n"))
                .containsExactly("2:1: not YAML: expected a single document in the stream: but found another document");
        assertThat(problems("a: " + "[".repeat(1000) + "]".repeat(1000)))
                .containsExactly("1:35: nested more than 32 levels deep");
        assertThat(problems("#".repeat(1 << 20) + "\n")).containsExactly("1:1: more than 1 MiB");
    }

    @Test
    void survivesAnAliasOfItself() {
        assertThat(problems("pipeline: &a { b: *a }\n")).contains("1:19: alias '*a': write the value out");
    }

    @Test
    @Timeout(10)
    void readsALargeFileInLinearTime() {
        String steps = "steps:\n" + "  - filter: 1\n".repeat(60_000);

        assertThat(problems("pipeline: large\n" + steps)).hasSize(6);
    }

    @Test
    void refusesAFileThatIsTooLargeWithoutReadingIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large.yaml");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }

        assertThatThrownBy(() -> new Planner(TestCatalog.CATALOG).plan(file))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessage("1:1: more than 1 MiB");
    }

    private static List<String> problems(String yaml) {
        InvalidPipelineException e =
                catchThrowableOfType(InvalidPipelineException.class, () -> new Planner(TestCatalog.CATALOG).plan(yaml));
        assertThat(e).as("accepted").isNotNull();
        return e.getMessage().lines().toList();
    }
}
