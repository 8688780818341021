package io.datamill.bench;

import io.datamill.DatamillJob;
import io.datamill.event.KeyedRecord;
import io.datamill.event.KeyedRecordTypeInformation;
import io.datamill.pipeline.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job, from a source in memory to sinks that send nothing, on a Flink in this process. */
final class PlanRun {
    /**
     * One way to run it.
     *
     * @param state {@code hashmap} or {@code rocksdb}
     */
    record Mode(String name, int parallelism, String state) {}

    /**
     * What came of it.
     *
     * @param checkpointBytes the last one's
     * @param checkpointMillis the mean
     */
    record Result(
            Marks.Figures figures, long checkpoints, long failed, long checkpointBytes, double checkpointMillis) {}

    private static final Duration CHECKPOINTS = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int POLL_MILLIS = 10;

    private final MiniCluster cluster;
    private final Path directory;

    /** @param directory for checkpoints */
    PlanRun(MiniCluster cluster, Path directory) {
        this.cluster = cluster;
        this.directory = directory;
    }

    Result run(Plan plan, MailStream mails, Mode mode, Stretch stretch) throws Exception {
        Records.reset();
        JobGraph job = graph(plan, mails, mode);
        cluster.submitJob(job).get();
        Marks start = mark(job.getJobID(), stretch.warmUp());
        Marks end = mark(job.getJobID(), stretch.warmUp() + stretch.measured());
        CheckpointStatsSnapshot checkpoints =
                cluster.getArchivedExecutionGraph(job.getJobID()).get().getCheckpointStatsSnapshot();
        cluster.cancelJob(job.getJobID()).get();
        cluster.requestJobResult(job.getJobID()).get();
        return new Result(
                start.until(end),
                checkpoints.getCounts().getNumberOfCompletedCheckpoints(),
                checkpoints.getCounts().getNumberOfFailedCheckpoints(),
                checkpoints.getHistory().getLatestCompletedCheckpoint().getStateSize(),
                checkpoints.getSummaryStats().getEndToEndDurationStats().getAverage());
    }

    private JobGraph graph(Plan plan, MailStream mails, Mode mode) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, mode.state());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(mode.parallelism());
        DataStream<KeyedRecord> records = env.fromSequence(0, Long.MAX_VALUE - 1)
                .map(new Records(mails, plan.peek(plan.input())))
                .returns(KeyedRecordTypeInformation.INSTANCE)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<KeyedRecord>forBoundedOutOfOrderness(
                                plan.input().event().lateAfter())
                        .withTimestampAssigner((record, before) -> record.time()));
        Map<String, DataStream<KeyedRecord>> streams = new HashMap<>();
        plan.inputs().forEach(input -> streams.put(input.name(), records.filter(record -> false)));
        streams.put(plan.input().name(), records);
        DatamillJob.define(env, plan, streams);
        return env.getStreamGraph().getJobGraph();
    }

    private Marks mark(JobID job, long events) throws Exception {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (Records.count() < events) {
            JobStatus status = cluster.getJobStatus(job).get();
            if (status.isGloballyTerminalState() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "job is " + status + " after " + Records.count() + " of " + events + " events",
                        cluster.getArchivedExecutionGraph(job).get().getFailureInfo() == null
                                ? null
                                : cluster.getArchivedExecutionGraph(job)
                                        .get()
                                        .getFailureInfo()
                                        .getException());
            }
            Thread.sleep(POLL_MILLIS);
        }
        return Marks.at(Records.count());
    }
}
