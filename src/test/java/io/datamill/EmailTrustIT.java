package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.cli.demo.BrokenRecord;
import io.datamill.cli.demo.DemoMails;
import io.datamill.cli.event.RecordedModels;
import io.datamill.cli.event.ScoreTold;
import io.datamill.cli.event.StoredEvent;
import io.datamill.cli.release.ServedArtifact;
import io.datamill.cli.training.RetainedEvents;
import io.datamill.event.Fate;
import io.datamill.testing.EmailOracle;
import io.datamill.testing.EmailRun;
import io.datamill.testing.ServedModels;
import io.datamill.testing.StoreContents;
import io.datamill.testing.Stored;
import io.datamill.testing.TestLab;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** One effect per event, on real servers: what the stores hold in the end is what the oracle says, whatever happened. */
class EmailTrustIT {
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
        configuration.setString("heartbeat.interval", "500ms");
        configuration.setString("heartbeat.timeout", "5s");
        cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(2)
                .setNumSlotsPerTaskManager(2)
                .build());
        cluster.start();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @Test
    void landsEveryEventOnceInEveryStoreAndRejectsEachBrokenRecordAlone() throws Exception {
        try (EmailRun run = new EmailRun(cluster, 4)) {
            run.start(2, null);
            run.send(run.mails(400));
            run.awaitSettled();
            assertInvariants(run);
            assertThat(run.oracle().of(Fate.DUPLICATE)).isEqualTo(DemoMails.DUPLICATES);
            assertThat(run.contents().rejectsOfLake()).isEqualTo(reasonsOfBroken());
            assertThat(run.contents().rejectsOfElasticsearch()).isEqualTo(reasonsOfBroken());
            assertThat(run.contents().suspects()).isNotEmpty();
            run.awaitVerdicts(run.contents().suspects());
        }
    }

    @Test
    void losesAndDoublesNothingWhenATaskManagerIsKilled() throws Exception {
        try (EmailRun run = new EmailRun(cluster, 4)) {
            run.start(4, null);
            List<DemoMails.Sent> mails = run.mails(800);
            run.send(mails.subList(0, 400));
            run.awaitLanded(50);
            cluster.terminateTaskManager(0).get();
            run.send(mails.subList(400, mails.size()));
            cluster.startTaskManager();
            run.awaitSettled();
            assertInvariants(run);
        }
    }

    @Test
    void goesOnFromASavepointAtAnotherParallelism() throws Exception {
        try (EmailRun run = new EmailRun(cluster, 4)) {
            List<DemoMails.Sent> mails = run.mails(600);
            run.start(2, null);
            run.send(mails.subList(0, 250));
            run.awaitLanded(50);
            String savepoint = run.stop(directory);
            run.send(mails.subList(250, 450));
            run.start(3, savepoint);
            run.send(mails.subList(450, mails.size()));
            run.awaitSettled();
            assertInvariants(run);
        }
    }

    @Test
    void changesTheModelUnderLoadAndRefusesABrokenOne() throws Exception {
        try (EmailRun run = new EmailRun(cluster, 4)) {
            ServedModels models = run.serveModels();
            String first = models.newest();
            List<DemoMails.Sent> mails = run.mails(700);
            run.start(4, null);
            run.send(mails.subList(0, 200));
            run.awaitLanded(50);
            Instant change = Instant.now().plusSeconds(8); // More than `promote`: the machine is busy here.
            models.promoteAnother(change);
            send(run, mails.subList(200, 450));
            run.awaitLanded(250);
            cluster.terminateTaskManager(0).get();
            cluster.startTaskManager();
            models.promoteBroken(Instant.now().plusSeconds(2));
            run.awaitAlert("bad000000bad");
            send(run, mails.subList(450, mails.size()));
            run.awaitSettled();

            assertInvariants(run);
            StoreContents contents = run.contents();
            for (List<Stored> store : List.of(contents.rows(), contents.documents(), contents.files())) {
                assertThat(store).extracting(Stored::model).contains(first, models.newest());
                assertThat(store)
                        .allSatisfy(stored -> assertThat(stored.model())
                                .isEqualTo(stored.version() < change.toEpochMilli() ? first : models.newest()));
            }
            assertScoredTheSameAgain(run);
        }
    }

    @Test
    void analystsLabelsLandInTheLakeAndCorrectTheSendersProfile() throws Exception {
        try (EmailRun run = new EmailRun(cluster, 1)) {
            List<DemoMails.Sent> mails = run.mails(600);
            run.start(1, null);
            run.startFeedback();
            run.send(mails.subList(0, 300));
            run.awaitSettled();
            assertThat(run.contents().knownBad()).isEmpty();
            List<Stored> labelled = run.contents().rows();
            labelled.forEach(run::labelBad);
            run.awaitLabels(labelled.size());

            run.send(mails.subList(300, mails.size()));
            run.awaitSettled();

            assertThat(run.labels())
                    .containsExactlyInAnyOrderElementsOf(
                            labelled.stream().map(mail -> mail.key() + " bad").toList());
            assertThat(run.contents().knownBad()).isNotEmpty().allMatch(verdict -> !verdict.equals("pass"));
        }
    }

    /** Each event of the lake, by the version that it names. */
    private static void assertScoredTheSameAgain(EmailRun run) throws Exception {
        RetainedEvents events = RetainedEvents.of(List.of(run.lake() + "/scored"));
        ServedArtifact model =
                ServedArtifact.find(Path.of("flink-conf/pipelines/email-trust.yaml"), ServedArtifact.What.MODEL, null);
        List<StoredEvent> stored = new ArrayList<>();
        events.forEach(
                event -> stored.add(new StoredEvent(event.tenant(), event.id(), events.schema(), event.values())));
        try (RecordedModels models = new RecordedModels(model, events.schema())) {
            for (StoredEvent event : stored) {
                ScoreTold told = event.score("trust", models);
                assertThat(told.again().score()).as(event.id()).isEqualTo(told.recorded());
            }
        }
        assertThat(stored).hasSameSizeAs(run.oracle().accepted().keySet());
    }

    /** Over some seconds, so that records arrive before and after a change. */
    private static void send(EmailRun run, List<DemoMails.Sent> mails) throws InterruptedException {
        for (int i = 0; i < mails.size(); i += 25) {
            run.send(mails.subList(i, Math.min(mails.size(), i + 25)));
            TimeUnit.MILLISECONDS.sleep(400);
        }
    }

    @Test
    void readsOnWhileShardsAreSplitAndMerged() throws Exception {
        try (EmailRun run = new EmailRun(cluster, 2)) {
            List<DemoMails.Sent> mails = run.mails(600);
            run.start(2, null);
            run.send(mails.subList(0, 200));
            split(run);
            run.send(mails.subList(200, 400));
            merge(run);
            run.send(mails.subList(400, mails.size()));
            run.awaitSettled();
            // Order per sender is not kept across a reshard, so its counts are not compared here.
            assertSameEventsOnce(run);
        }
    }

    private static void split(EmailRun run) throws Exception {
        Shard first = run.openShards().get(0);
        BigInteger from = new BigInteger(first.hashKeyRange().startingHashKey());
        BigInteger to = new BigInteger(first.hashKeyRange().endingHashKey());
        run.kinesis()
                .splitShard(r -> r.streamName(run.stream())
                        .shardToSplit(first.shardId())
                        .newStartingHashKey(from.add(to).shiftRight(1).toString()));
        run.awaitOpenShards(3);
    }

    private static void merge(EmailRun run) throws Exception {
        List<Shard> open = run.openShards();
        run.kinesis()
                .mergeShards(r -> r.streamName(run.stream())
                        .shardToMerge(open.get(0).shardId())
                        .adjacentShardToMerge(open.get(1).shardId()));
        run.awaitOpenShards(2);
    }

    /** I1 to I4 of the design. */
    private static void assertInvariants(EmailRun run) throws Exception {
        assertSameEventsOnce(run);
        Map<String, EmailOracle.Accepted> expected = run.oracle().accepted();
        StoreContents contents = run.contents();
        for (List<Stored> store : List.of(contents.rows(), contents.documents(), contents.files())) {
            assertThat(store).allSatisfy(stored -> {
                EmailOracle.Accepted accepted = expected.get(stored.key());
                assertThat(stored.seenLastHour()).isEqualTo(accepted.seenLastHour());
                assertThat(stored.seenLastDay()).isEqualTo(accepted.seenLastDay());
                assertThat(stored.firstSeen()).isEqualTo(accepted.firstSeen());
            });
        }
    }

    private static void assertSameEventsOnce(EmailRun run) throws Exception {
        StoreContents contents = run.contents();
        List<String> expected =
                run.oracle().accepted().keySet().stream().sorted().toList();
        assertThat(keys(contents.rows())).isEqualTo(expected);
        assertThat(keys(contents.documents())).isEqualTo(expected);
        assertThat(keys(contents.files())).isEqualTo(expected);
        assertThat(versions(contents.documents())).isEqualTo(versions(contents.rows()));
        assertThat(versions(contents.files())).isEqualTo(versions(contents.rows()));
        for (Fate fate : Fate.values()) {
            assertThat(run.counts().ledger().getOrDefault(fate, 0L))
                    .as("ledger: " + fate)
                    .isEqualTo(run.oracle().of(fate));
        }
    }

    private static List<String> keys(List<Stored> rows) {
        return rows.stream().map(Stored::key).sorted().toList();
    }

    private static Map<String, Long> versions(List<Stored> rows) {
        return rows.stream().collect(Collectors.toMap(Stored::key, Stored::version));
    }

    private static Map<String, Long> reasonsOfBroken() {
        BrokenRecord[] kinds = BrokenRecord.values();
        return IntStream.range(0, DemoMails.BROKEN)
                .mapToObj(i -> kinds[i % kinds.length].reason())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }
}
