package io.datamill.cli.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.pipeline.Catalog;
import io.datamill.testing.Mails;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cases of the pipelines that are deployed. */
class DeployedPipelinesTest {
    private static final Path PIPELINES = Path.of("flink-conf/pipelines");
    private static final Path CASES = PIPELINES.resolve("tests");

    private static CaseRunner runner;

    @BeforeAll
    static void start() {
        runner = new CaseRunner(Catalog.STANDARD);
    }

    @AfterAll
    static void stop() throws Exception {
        runner.close();
    }

    static List<String> pipelines() throws Exception {
        try (Stream<Path> files = Files.list(PIPELINES)) {
            return files.filter(Files::isRegularFile)
                    // It asks Postgres: EmailTrustIT runs it.
                    .filter(file -> !file.endsWith("email-feedback.yaml"))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pipelines")
    void eachHasCasesAndTheyHold(String pipeline) throws Exception {
        assertThat(CASES.resolve(pipeline)).exists();
        assertThat(runner.run(CASES.resolve(pipeline)))
                .hasSizeGreaterThan(2)
                .allSatisfy(result ->
                        assertThat(result.failures()).as(result.name()).isEmpty());
    }

    /** Mails are Avro, which nobody reads in base64: these are the records in the file, in their order. */
    @Test
    void theMailsAreThese() throws Exception {
        List<String> records = Stream.of(
                        mail(4),
                        mail(1),
                        mail(4, "event_id", "id-2", "spf", "pass", "dkim", "pass", "dmarc", "pass"),
                        mail(4, "event_id", "id-6", "org_id", "other"),
                        mail(
                                4,
                                "event_id",
                                "id-3",
                                "spf",
                                "fail",
                                "reply_to_domain",
                                "b.example",
                                "from_domain",
                                "a.example"),
                        mail(4, "event_id", "id-4", "hop_count", 0),
                        mail(4, "event_id", "id-5", "org_id", ""))
                .toList();
        List<String> written = Files.readString(CASES.resolve("email-trust.yaml"))
                .lines()
                .filter(line -> line.contains("base64:"))
                .map(line -> line.replaceAll(".*(base64:[A-Za-z0-9+/=]+).*", "$1"))
                .toList();
        assertThat(written).containsExactlyElementsOf(records);
    }

    private static String mail(int version, Object... changes) {
        Object[] all = Stream.concat(
                        Stream.of(
                                "received_at",
                                Instant.parse("2026-03-01T11:00:00Z").toEpochMilli(),
                                "sender_ip",
                                "8.8.8.8",
                                "hop_count",
                                2),
                        Stream.of(changes))
                .toArray();
        return "base64:"
                + Base64.getEncoder().encodeToString(Mails.mail(version, all).data());
    }
}
