package io.datamill.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.cli.CommandRun;
import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.sink.lake.RejectFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rejects in files; no Postgres says which have been replayed. */
class RejectsCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path directory;

    private static Path file;

    @BeforeAll
    static void write() throws Exception {
        List<Reject> rejects = List.of(
                reject(
                        1,
                        "2026-03-01T10:00:00Z",
                        "acme",
                        "adapter.json",
                        "WRONG_TYPE",
                        "{\"id\":\"a\",\"n\":1}",
                        "shop@1"),
                reject(2, "2026-03-01T10:30:00Z", "acme", "sinks[0].postgres", "SQLSTATE_23514", "{}", "shop@2"),
                reject(3, "2026-03-02T11:00:00Z", "globex", "adapter.json", "WRONG_TYPE", "n\u0001", "shop@2"),
                reject(4, "2026-03-02T12:00:00Z", "acme", "adapter.json", "WRONG_TYPE", "x", "shop-of-another@2"));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        new RejectFiles(new Reference(directory + "/rejects"))
                .attach(
                        env.fromData(rejects, TypeInformation.of(Reject.class)),
                        "rejects-s3",
                        new PipelineVersion("shop", "1", 0));
        env.execute();
        file = directory.resolve("shop.yaml");
        Files.writeString(file, """
                pipeline: shop
                source: { kinesis: { stream: orders, start: latest } }
                adapter: { json: { fields: { id: string, n: int } } }
                event: { id: id }
                steps: [ { no-such-step: 1 } ]
                rejects: { s3: { path: "%s/rejects" } }
                ledger: { url: "jdbc:postgresql://127.0.0.1:1/none" }
                """.formatted(directory));
    }

    private static Reject reject(
            int number, String arrival, String tenant, String step, String reason, String payload, String pipeline) {
        Position position = new Position(
                "orders",
                "shard-0",
                Integer.toString(number),
                Instant.parse(arrival).toEpochMilli());
        return new Reject(
                tenant,
                "id-" + number,
                position,
                new Reject.Cause(step, reason, "message\n" + number, pipeline),
                payload.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void listsTheNewestFirstAndNoneOfAnotherPipeline() throws Exception {
        assertThat(numbers()).containsExactly("id-3", "id-2", "id-1");
        assertThat(numbers("--limit", "2")).containsExactly("id-3", "id-2");
    }

    @Test
    void listsThoseThatAreAskedFor() throws Exception {
        assertThat(numbers("--reason", "WRONG_TYPE")).containsExactly("id-3", "id-1");
        assertThat(numbers("--step", "postgres")).containsExactly("id-2");
        assertThat(numbers("--step", "adapter")).containsExactly("id-3", "id-1");
        assertThat(numbers("--tenant", "acme")).containsExactly("id-2", "id-1");
        assertThat(numbers("--from", "2026-03-01T10:30:00Z", "--to", "2026-03-02"))
                .containsExactly("id-2");
        assertThat(numbers("--where", "arrival_time > timestamp('2026-03-01T10:30:00Z') || event_id == 'id-1'"))
                .containsExactly("id-3", "id-1");
    }

    @Test
    void aRejectIsOneLineForAPerson() {
        CommandRun run = CommandRun.of("rejects", "list", file, "--limit", "1");

        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out()).contains("message 3", "and 2 older ones");
        assertThat(run.err()).startsWith("which have been replayed is not known");
    }

    @Test
    void countsByWhatIsAskedFor() {
        assertThat(CommandRun.of("rejects", "count", file, "--json").out().lines())
                .containsExactly(
                        "{\"reason\":\"WRONG_TYPE\",\"step\":\"adapter.json\",\"count\":2}",
                        "{\"reason\":\"SQLSTATE_23514\",\"step\":\"sinks[0].postgres\",\"count\":1}");
        assertThat(CommandRun.of("rejects", "count", file, "--by", "hour,tenant", "--json")
                        .out()
                        .lines())
                .first()
                .isEqualTo("{\"hour\":\"2026-03-01T10:00:00Z\",\"tenant\":\"acme\",\"count\":2}");
    }

    @Test
    void showsTheBytesAsFits() throws Exception {
        assertThat(show("id-1").out()).contains("the raw record, 16 bytes:\n{\n  \"id\" : \"a\",");
        assertThat(show("id-2").out()).contains("what the store was given, 2 bytes:");
        assertThat(show("id-3").out()).contains("00000000  6e 01");
    }

    @Test
    void saysWhatTodaysAdapterReadsOnceThePipelineCanBePlanned() throws Exception {
        assertThat(show("id-1").out()).contains("today's adapter cannot be asked");
        Path broken = file;
        try {
            file = directory.resolve("mended.yaml");
            Files.writeString(file, Files.readString(broken).replaceFirst("steps: .*\n", ""));
            assertThat(show("id-1").out()).contains("today's adapter reads:\n{\n  \"id\" : \"a\",\n  \"n\" : 1");
            assertThat(show("id-3").out()).contains("today's adapter refuses it: ");
        } finally {
            file = broken;
        }
    }

    @Test
    void saysWhatIsMissingOrWrong() throws Exception {
        assertMistake("no reject has an id that begins with 'none'", "rejects", "show", file, "none");
        assertMistake("--where: column 1: no field 'raeson'", "rejects", "list", file, "--where", "raeson == 'x'");
        assertMistake("--open and --replayed exclude each other", "rejects", "count", file, "--open", "--replayed");
        assertMistake("expected a time such as 2026-01-31T12:00:00Z", "rejects", "list", file, "--from", "yesterday");
        Path without = directory.resolve("without.yaml");
        Files.writeString(
                without,
                Files.readString(file).replaceFirst("rejects: .*", "rejects: { elasticsearch: { url: u, index: i } }"));
        assertMistake("no store of rejects keeps all their bytes", "rejects", "list", without);
        assertMistake("say what to replay", "replay", file);
        assertMistake("say what to replay", "replay", file, "--from", "2026-03-01");
        assertMistake("say what to replay", "replay", file, "--rejects", "true", "--from", "2026-03-01");
    }

    private static void assertMistake(String message, Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.err()).contains(message);
        assertThat(run.exit()).isEqualTo(1);
    }

    private static CommandRun show(String event) throws Exception {
        CommandRun listed = CommandRun.of("rejects", "list", file, "--json", "--where", "event_id == '" + event + "'");
        return CommandRun.of(
                "rejects", "show", file, JSON.readTree(listed.out()).path("id").asText());
    }

    private static List<String> numbers(String... options) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of("rejects", "list", file, "--json"));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        List<String> numbers = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            JsonNode reject = JSON.readTree(line);
            numbers.add(reject.path("event_id").asText());
        }
        return numbers;
    }
}
