package io.datamill.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.config.PipelineVersion;
import io.datamill.source.KinesisConfig;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlannerTest {
    private static final String HEAD = """
            pipeline: small
            source: { kinesis: { stream: mails, start: latest } }
            adapter: { avro: { registry: schemas, schema: email-metadata-v4 } }
            event: { id: event_id, time: received_at, tenant: org_id, late-after: 5m }
            """;
    private static final String TAIL = """
            sinks:
              - postgres: { url: "${env:NO_SUCH_SECRET}", table: mail }
            rejects: { s3: { path: "s3://lake/rejects" } }
            """;

    @Test
    void plansAValidPipeline() throws Exception {
        Plan plan = plan("""
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
        assertThat(plan.legs()).singleElement().satisfies(leg -> {
            assertThat(leg.key()).isNull();
            assertThat(leg.steps())
                    .extracting("path")
                    .containsExactly("steps[0].impute", "steps[1].derive", "steps[2].filter", "steps[3].decide");
        });
        assertThat(plan.outcome().getFields().stream().map(Schema.Field::name))
                .endsWith("size_bytes", "many", "heavy", "verdict", "label", "rule");
        assertThat(plan.sinks())
                .singleElement()
                .extracting("path", "id", "when")
                .containsExactly("sinks[0].postgres", "postgres", null);
        assertThat(plan.accounts().rejects()).containsOnlyKeys("s3");
    }

    @Test
    void aPipelineMayHaveNoSteps() throws Exception {
        Plan plan = plan("");

        assertThat(plan.legs()).containsExactly(new Plan.Leg(null, List.of()));
        assertThat(plan.outcome().getName()).isEqualTo("Mail");
    }

    @Test
    void theVersionFollowsTheText() throws Exception {
        PipelineVersion one = plan("").version();
        PipelineVersion other = plan("generation: 3\n").version();

        assertThat(other.generation()).isEqualTo(3);
        assertThat(one.digest()).isNotEqualTo(other.digest());
    }

    @Test
    void peeksTheFirstKeyWhichIsUnchanged() throws Exception {
        Plan plan = plan("""
                steps:
                  - derive: { many: "url_count > 3" }
                  - deduplicate: { id: once, within: 24h }
                  - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
                  - profile: { id: sender-again, key: [from_domain], features: { seen_7d: "count(7d)" } }
                  - filter: "seen > 0"
                  - profile: { id: ip, key: [sender_ip], features: { ip_seen: "count(1d)" } }
                """);

        assertThat(plan.legs())
                .extracting(Plan.Leg::key)
                .containsExactly(key(true, "from_domain"), key(false, "sender_ip"));
        assertThat(plan.legs().get(0).steps()).hasSize(5);
        assertThat(plan.legs().get(1).steps()).extracting("path").containsExactly("steps[5].profile");
    }

    @Test
    void runsTheAdapterBeforeTheShuffleWhereTheKeyIsDerivedOrReplaced() throws Exception {
        Plan derived = plan("""
                steps:
                  - derive: { sender: "from_domain == null ? '' : from_domain.lowerAscii()" }
                  - profile: { id: sender, key: [sender], features: { seen: "count(1d)" } }
                """);
        Plan replaced = plan("""
                steps:
                  - impute: { from_domain: none }
                  - profile: { id: sender, key: [from_domain], features: { seen: "count(1d)" } }
                """);

        assertThat(derived.legs()).extracting(Plan.Leg::key).containsExactly(null, key(false, "sender"));
        assertThat(replaced.legs()).extracting(Plan.Leg::key).containsExactly(null, key(false, "from_domain"));
        assertThat(replaced.legs().get(0).steps()).extracting("path").containsExactly("steps[0].impute");
    }

    @Test
    void removesDuplicatesUnderTheEventIdWhereNoKeyFollows() throws Exception {
        Plan plan = plan("steps: [ { deduplicate: { id: once, within: 24h } } ]\n");

        assertThat(plan.legs()).extracting(Plan.Leg::key).containsExactly(key(true, "event_id"));
    }

    @Test
    void numbersSinksOfOneKind() throws Exception {
        String sinks = """
                sinks:
                  - kinesis: { stream: verdicts, when: "size_bytes > 1" }
                  - kinesis: { stream: others }
                rejects: { s3: { path: "s3://lake/rejects" } }
                """;

        Plan plan = new Planner(TestCatalog.CATALOG).plan(HEAD + sinks);

        assertThat(plan.sinks()).extracting(Plan.Delivery::id).containsExactly("kinesis", "kinesis-2");
        assertThat(plan.sinks().get(0).when().source()).isEqualTo("size_bytes > 1");
    }

    @Test
    void tellsEveryMistakeAtOnce() {
        assertThat(problems("""
                        pipeline: Small_One
                        source: { kinesys: { stream: "${env:NO_SUCH_STREAM}", start: latest, regon: r } }
                        adapter: { avro: { registry: schemas, schema: email-metadata-v4 } }
                        event: { id: event, time: from_domain, tenant: org_id, late_after: 1m }
                        steps:
                          - impute: { spff: none }
                          - derive: { heavy: "size_byte > 10", wide: "recipient_count" }
                          - geoip: { ip: source_ip, databse: db, as: geo }
                          - geopi: { ip: sender_ip, database: "${env:NO_SUCH_DB}", as: place }
                          - filter: "wide + 1"
                          - filter: "heavy && geo.country == 'DE' && attachment_count > 1"
                          - deduplicate: { id: once, within: 24 hours }
                          - deduplicate: { id: once, within: 0s }
                          - profile: { key: from_domain, features: { seen: "count(1d)" } }
                          - score: { model: m, model: n, as: trust }
                          - score: { model: m, as: size_bytes }
                          - bogus: {}
                            as: x
                          - decide: { quarantine: "trust.scor < 0.2" }
                        sinks:
                          - postgres: { url: u, table: t, columns: [event_id, subject] }
                          - mysql: { url: u }
                          - kinesis: { stream: s, when: "verdict" }
                          - s3: [a]
                        rejects: { s3: { path: &p x }, elasticsearch: { url: *p, index: [i] } }
                        sink: []
                        """))
                .containsExactly(
                        "1:11: pipeline: expected 1 to 63 of a-z, 0-9 and '-', beginning with a letter, but read 'Small_One'",
                        "2:11: source.kinesys: no source 'kinesys'; did you mean 'kinesis'?",
                        "2:30: source.kinesys.stream: environment variable NO_SUCH_STREAM is not set",
                        "2:70: source.kinesys.regon: no option 'regon'; did you mean 'region'?",
                        "4:14: event.id: no field 'event'; did you mean 'event_id'?",
                        "4:27: event.time: field 'from_domain' is string or null, expected a timestamp-millis",
                        "4:56: event.late_after: no option 'late_after'; did you mean 'late-after'?",
                        "6:21: steps[0].impute.spff: no field 'spff'; did you mean 'spf'?",
                        "7:22: steps[1].derive.heavy: column 1: no field 'size_byte'; did you mean 'size_bytes'?",
                        "8:18: steps[2].geoip.ip: no field 'source_ip'; did you mean 'sender_ip'?",
                        "8:29: steps[2].geoip.databse: no option 'databse'; did you mean 'database'?",
                        "9:5: steps[3].geopi: no step 'geopi'; did you mean 'geoip'?",
                        "9:39: steps[3].geopi.database: environment variable NO_SUCH_DB is not set",
                        "10:13: steps[4].filter: gives int, but bool is needed",
                        "12:38: steps[6].deduplicate.within: expected a duration such as 500ms, 30s, 10m, 24h or 7d, but read '24 hours'",
                        "13:24: steps[7].deduplicate.id: 'once' is the id of steps[6].deduplicate already; state is kept under it",
                        "13:38: steps[7].deduplicate.within: is PT0S, expected 1m to 90d",
                        "14:14: steps[8].profile.id: is required: the step's state is kept under it",
                        "14:21: steps[8].profile.key: expected a list such as [a, b], but read 'from_domain'",
                        "15:24: steps[9].score.model: duplicate key; the first is in line 15",
                        "16:28: steps[10].score.as: field 'size_bytes' is there already; choose another name",
                        "17:5: steps[11]: expected one step with its options, but read bogus, as",
                        "19:27: steps[12].decide.quarantine: column 6: no field 'scor' in trust; did you mean 'score'?",
                        "21:55: sinks[0].postgres.columns[1]: no field 'subject'",
                        "22:5: sinks[1].mysql: no sink 'mysql'; there is elasticsearch, kinesis, postgres, s3",
                        "23:33: sinks[2].kinesis.when: gives string, but bool is needed",
                        "24:9: sinks[3].s3: expected a mapping of path, format, partition, but read a list",
                        "25:54: alias '*p': write the value out",
                        "25:65: rejects.elasticsearch.index: expected a single value, but read a list",
                        "26:1: sink: no option 'sink'; did you mean 'sinks'?");
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
                        "2:8: steps: expected a list that begins with '- ', but read an empty list");
    }

    @Test
    void tellsOfAnUnknownSchema() {
        assertThat(problems((HEAD + TAIL).replace("email-metadata-v4", "email")))
                .containsExactly("3:47: adapter.avro.schema: no schema 'email'");
    }

    @Test
    void tellsAFailureOnceAndNotWhatFollowsFromIt() {
        assertThat(problems(HEAD + """
                        steps:
                          - geoip: { ip: [sender_ip], database: db, as: geo }
                          - filter: "geo.country == 'DE'"
                          - derive: { heavy: "size_byte > 1" }
                          - filter: "!heavy && url_cont > 2"
                        """ + TAIL))
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
    void refusesAFileThatIsTooLargeWithoutReadingIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("large.yaml");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }

        assertThatThrownBy(() -> new Planner(TestCatalog.CATALOG).plan(file))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessage("1:1: more than 1 MiB");
    }

    private static Plan.StreamKey key(boolean peeked, String... fields) {
        return new Plan.StreamKey(List.of(fields), peeked);
    }

    private static Plan plan(String steps) throws InvalidPipelineException {
        return new Planner(TestCatalog.CATALOG).plan(HEAD + steps + TAIL);
    }

    private static List<String> problems(String yaml) {
        InvalidPipelineException e =
                catchThrowableOfType(InvalidPipelineException.class, () -> new Planner(TestCatalog.CATALOG).plan(yaml));
        assertThat(e).as("accepted").isNotNull();
        return e.getMessage().lines().toList();
    }
}
