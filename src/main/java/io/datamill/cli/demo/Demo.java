package io.datamill.cli.demo;

import io.datamill.DatamillJob;
import io.datamill.event.Fate;
import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.pipeline.Plan;
import io.datamill.schema.RegistryLocation;
import io.datamill.sensor.KinesisPort;
import io.datamill.sensor.KinesisWriter;
import io.datamill.sink.migration.ElasticsearchMigrations;
import io.datamill.sink.migration.PostgresMigrations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The whole system on one machine: servers, job, mails, and what came of them. */
public final class Demo {
    private static final int MOST_MAILS = 5_000;
    private static final int SHARDS = 4;
    private static final int RECORDS_PER_PUT = 100;
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Without anything new in any store for so long, the demo gives up. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LabFiles files;
    private final Path project;
    private final PrintStream out;

    public Demo(LabFiles files, PrintStream out) {
        this.files = files;
        this.project = files.fixtures().getParent();
        this.out = out;
    }

    /**
     * @param exit whether to end when all is told; else it stays until the process is ended
     * @return whether every record is accounted for in every store
     */
    public boolean run(boolean exit) throws Exception {
        out.println("Starting Kinesis, Postgres, Elasticsearch and S3 ...");
        try (Lab lab = Lab.start(files);
                KinesisClient kinesis = lab.kinesis()) {
            DemoCluster cluster = DemoCluster.prepare(lab);
            DemoSettings settings = new DemoSettings(project, lab);
            prepare(lab, settings);
            settings.publishModel();
            Plan plan = DatamillJob.plan(settings.pipeline());
            StreamExecutionEnvironment env = cluster.environment();
            DatamillJob.define(env, plan);
            JobClient job = env.executeAsync(plan.version().name());
            String ui = cluster.webUi(job);
            out.println("Job " + plan.version() + " runs; web UI: " + ui);
            Stores stores = settings.stores(kinesis);
            stream(kinesis, settings, stores);
            StoreCounts counts = settle(stores, job);
            new DemoSummary(out, lab.postgresUrl()).print(counts);
            settings.printWhereToLook(out, ui);
            if (exit) {
                job.cancel().get();
                out.println(DemoSummary.json(counts));
            } else {
                out.println("\nCtrl-C stops everything and deletes what it holds.");
                new CountDownLatch(1).await();
            }
            return counts.reconciles();
        }
    }

    private static void prepare(Lab lab, DemoSettings settings) throws IOException {
        lab.createBucket("lake");
        lab.createStream(DemoSettings.STREAM, SHARDS);
        lab.createStream(DemoSettings.VERDICTS, 1);
        lab.createStream(DemoSettings.FEEDBACK, 1);
        lab.createStream(DemoSettings.LABELS, 1);
        PostgresMigrations.apply(lab.postgresUrl());
        ElasticsearchMigrations.apply(lab.elasticsearchUrl().toString());
        settings.apply();
    }

    private void stream(KinesisClient kinesis, DemoSettings settings, Stores stores) throws IOException, SQLException {
        List<DemoMails.Sent> records =
                new DemoMails(settings.mails(), new RegistryLocation(settings.registry()).open(), MOST_MAILS).records();
        out.printf(
                Locale.ROOT,
                "Streaming %,d records: mails of three tenants in four schema versions, %d of them sent twice, %d broken%n",
                records.size(),
                DemoMails.DUPLICATES,
                DemoMails.BROKEN);
        KinesisWriter writer = new KinesisWriter(new KinesisPort(kinesis, DemoSettings.STREAM));
        int put = 0;
        for (DemoMails.Sent record : records) {
            writer.add(record.partitionKey(), record.data());
            if (++put % RECORDS_PER_PUT == 0) {
                writer.flush();
            }
            if (put % (5 * RECORDS_PER_PUT) == 0) {
                progress(put, stores.landed());
            }
        }
        writer.flush();
        progress(put, stores.landed());
    }

    private void progress(long sent, long landed) {
        out.printf(Locale.ROOT, "  sent %,6d   landed %,6d%n", sent, landed);
    }

    /** Waits until the stores account for every record, or nothing changes any more. */
    private StoreCounts settle(Stores stores, JobClient job) throws Exception {
        long in = stores.records();
        long landed = -1;
        StoreCounts counts = null;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            StoreCounts now = stores.count(in);
            if (now.reconciles()) {
                return now;
            }
            if (job.getJobStatus().get().isGloballyTerminalState()) {
                throw new IllegalStateException("the job has ended; see the log above");
            }
            if (!now.equals(counts)) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            counts = now;
            if (now.postgres() != landed) {
                landed = now.postgres();
                progress(in, landed);
            }
            Thread.sleep(POLL.toMillis());
        }
        out.println("expected: " + in + " records in, ledger " + counts.ledger() + ", " + counts.fate(Fate.OUT)
                + " in each store");
        return counts;
    }
}
