package io.datamill;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Alert;
import io.datamill.event.DriftFigure;
import io.datamill.event.DriftFigure.What;
import io.datamill.event.KeyedRecord;
import io.datamill.event.KeyedRecordTypeInformation;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.sink.LedgerConfig;
import io.datamill.step.adapter.Peek;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.Pointer;
import io.datamill.testing.BaselineModels;
import io.datamill.testing.LocalRuns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.SinkFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph on a Flink of this JVM: what of drift is told, and when. */
class DriftJobTest {
    private static final Queue<DriftFigure> FIGURES = new ConcurrentLinkedQueue<>();
    private static final Queue<Alert> ALERTS = new ConcurrentLinkedQueue<>();
    private static final long HOUR = 3600_000;
    private static final long START = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
    private static final int PER_HOUR = 400;

    @TempDir
    private Path directory;

    private final Random random = new Random(1);
    private final List<byte[]> events = new ArrayList<>();
    private final Map<String, Long> breaches = new TreeMap<>();
    private String model;

    @BeforeEach
    void publish() throws Exception {
        FIGURES.clear();
        ALERTS.clear();
        model = BaselineModels.write(directory.resolve("model"), 4.5);
    }

    @Test
    void aFeatureThatMovesIsAFigureAndAnAlertWithinTwoWindows() throws Exception {
        for (int hour = 0; hour < 6; hour++) {
            hour(hour, "acme", hour < 4 ? 0 : 4);
            hour(hour, "other", 0);
        }
        run();

        assertThat(FIGURES)
                .filteredOn(figure -> figure.what() == What.FEATURE)
                .allMatch(figure -> figure.measure().breached()
                        == (figure.window().tenant().equals("acme")
                                && figure.window().start() >= START + 4 * HOUR))
                .hasSize(12)
                .allMatch(figure -> figure.window().model().equals(model))
                .allMatch(figure -> figure.window().events() == PER_HOUR);
        assertThat(ALERTS)
                .filteredOn(alert -> alert.title().startsWith("Features"))
                .extracting(alert -> alert.tenant() + (alert.at() - START) / HOUR)
                .containsExactly("acme5", "acme6");
        assertThat(breaches)
                .containsEntry("feature", 2L)
                .containsEntry("nulls", 0L)
                .containsEntry("volume", 0L);
    }

    @Test
    void aTenantThatSendsNoMoreIsAFigureAndAnAlertWithinTwoWindows() throws Exception {
        for (int hour = 0; hour < 8; hour++) {
            if (hour < 5) {
                hour(hour, "acme", 0);
            }
            hour(hour, "other", 0);
        }
        run();

        assertThat(ALERTS)
                .filteredOn(alert -> alert.title().equals("Far fewer events than usual"))
                .extracting(alert -> alert.tenant() + (alert.at() - START) / HOUR)
                .startsWith("acme6")
                .allMatch(tenant -> tenant.startsWith("acme"));
    }

    @Test
    void verdictsAreSharedOutAmongTheEventsOfAWindow() throws Exception {
        hour(0, "acme", 0);
        run();

        double pass = FIGURES.stream()
                .filter(figure -> figure.what() == What.VERDICT && figure.name().equals("pass"))
                .mapToDouble(figure -> figure.measure().value())
                .sum();
        assertThat(pass).isBetween(0.4, 0.6);
        assertThat(FIGURES.stream().filter(figure -> figure.what() == What.VERDICT))
                .hasSize(3);
    }

    @Test
    void aPipelineThatIsTriedGivesItsEventsAsTheyAre() throws Exception {
        hour(0, "acme", 0);
        LocalRuns.Result tried = LocalRuns.run(plan(), Map.of("", events));

        assertThat(tried.of("")).hasSize(PER_HOUR).allMatch(event -> event.contains(model));
        assertThat(tried.rejects()).isEmpty();
    }

    @Test
    void everyOperatorHasAUidOfItsOwn() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DatamillJob.define(env, plan());
        assertThat(env.getStreamGraph().getStreamNodes())
                .allSatisfy(node -> assertThat(node.getTransformationUID())
                        .as(node.getOperatorName())
                        .isNotBlank())
                .extracting("transformationUID")
                .contains("drift-of-digits", "drift-rows", "drift", "job: alerts")
                .doesNotHaveDuplicates();
    }

    @Test
    void followsADirectoryOfVersionsBesideTheScore() throws Exception {
        Path followed = directory.resolve("model");
        String version = BaselineModels.write(directory.resolve("made"), 1).replaceFirst(".*@", "");
        Files.move(directory.resolve("made"), followed.resolve(version));
        new ArtifactDirectory(followed.toUri().toString()).write(Pointer.first(version, Instant.EPOCH));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        // What a file may call its own sinks is no operator of the job.
        DatamillJob.define(env, plan("""
                [ { s3: { id: alerts, path: a } }, { s3: { id: releases, path: r } },
                  { s3: { id: served-releases, path: s } }, { s3: { id: refused-releases, path: f } } ]"""));

        assertThat(env.getStreamGraph().getStreamNodes())
                .extracting("transformationUID")
                .contains("job: releases", "score", "decide", "drift-of-digits", "job: refused-releases", "job: alerts")
                .doesNotHaveDuplicates();
    }

    private void hour(int hour, String tenant, int moved) {
        for (int i = 0; i < PER_HOUR; i++) {
            long time = START + hour * HOUR + i * (HOUR / PER_HOUR);
            int x = Math.min(9, random.nextInt(10) + moved);
            events.add(("{\"id\":\"" + tenant + time + "\",\"at\":" + time + ",\"tenant\":\"" + tenant + "\",\"x\":" + x
                            + "}")
                    .getBytes(StandardCharsets.UTF_8));
        }
    }

    private Plan plan() throws Exception {
        return plan("[ { s3: { path: \"%s/scored\" } } ]".formatted(directory.toUri()));
    }

    private Plan plan(String sinks) throws Exception {
        return new Planner(Catalog.STANDARD).plan("""
                pipeline: test
                source: { kinesis: { stream: none, start: latest } }
                adapter: { json: { fields: { id: string, at: timestamp, tenant: string, x: int } } }
                event: { id: id, time: at, tenant: tenant }
                steps:
                  - score: { model: "%1$s/model", as: trust }
                  - decide: { quarantine: "trust.score < 0.5" }
                  - expect: { id: digits, score: trust, model: "%1$s/model" }
                sinks: %3$s
                rejects: { s3: { path: "%2$s/rejects" } }
                ledger: { url: "jdbc:postgresql://localhost/none" }
                alerts: { stream: none }
                """.formatted(directory, directory.toUri(), sinks));
    }

    private void run() throws Exception {
        Plan plan = plan();
        plan = plan.withAccounts(new Plan.Accounts(
                plan.accounts().rejects(),
                new Ledger(),
                (alerts, pipeline) ->
                        alerts.addSink(new Kept<>(true)).name("alerts").uid("alerts"),
                null));
        InMemoryReporter reporter = InMemoryReporter.createWithRetainedMetrics();
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, reporter.addToConfiguration(new Configuration()));
        DataStream<KeyedRecord> records = env.fromData(records(plan), KeyedRecordTypeInformation.INSTANCE)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<KeyedRecord>forGenerator(context -> new EachEvent())
                        .withTimestampAssigner((record, before) -> record.time()))
                .setParallelism(1);
        DatamillJob.define(env, plan, Map.of("", records));
        JobID job = env.execute().getJobID();
        reporter.findMetrics(job, "drift\\.what\\..*\\.breaches")
                .forEach((name, metric) -> breaches.merge(
                        name.replaceFirst(".*\\.what\\.(\\w+)\\.breaches", "$1"),
                        ((Counter) metric).getCount(),
                        Long::sum));
    }

    private List<KeyedRecord> records(Plan plan) throws Exception {
        Peek peek = plan.peek(plan.input());
        peek.open();
        List<KeyedRecord> records = new ArrayList<>();
        events.sort(java.util.Comparator.comparing(
                event -> new String(event, StandardCharsets.UTF_8).replaceFirst(".*\"at\":(\\d+).*", "$1")));
        for (int i = 0; i < events.size(); i++) {
            records.add(peek.peek(new SourceRecord(new Position("s", "0", "" + i, START), "k", events.get(i))));
        }
        return records;
    }

    private static final class EachEvent implements WatermarkGenerator<KeyedRecord> {
        @Override
        public void onEvent(KeyedRecord record, long time, WatermarkOutput out) {
            out.emitWatermark(new Watermark(time - 1));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput out) {}
    }

    /** Keeps what a job of this JVM gives. */
    private record Kept<T>(boolean alert) implements SinkFunction<T> {
        @Override
        public void invoke(T one, Context context) {
            if (alert) {
                ALERTS.add((Alert) one);
            } else {
                FIGURES.add((DriftFigure) one);
            }
        }
    }

    private static final class Ledger implements LedgerConfig {
        @Override
        public DataStream<Reject> attach(DataStream<LedgerEntry> totals, PipelineVersion pipeline) {
            return totals.filter(total -> false)
                    .map(total -> (Reject) null)
                    .returns(TypeInformation.of(Reject.class))
                    .name("ledger")
                    .uid("ledger");
        }

        @Override
        public Optional<DataStream<Reject>> attachDrift(DataStream<DriftFigure> figures, PipelineVersion pipeline) {
            figures.addSink(new Kept<>(false)).name("drift").uid("drift");
            return Optional.empty();
        }
    }
}
