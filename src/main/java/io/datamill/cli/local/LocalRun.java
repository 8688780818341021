package io.datamill.cli.local;

import io.datamill.DatamillJob;
import io.datamill.event.Fate;
import io.datamill.event.KeyedRecord;
import io.datamill.event.LedgerEntry;
import io.datamill.pipeline.Plan;
import io.datamill.source.BoundedSource;
import io.datamill.source.Records;
import io.datamill.source.UnreadableFileException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;

/**
 * Runs plans on a Flink of this process, one after the other: the very graph of the job, with records from files in the
 * place of its streams and a collector in the place of its stores. One subtask an operator, so that what is read in one
 * order is given in one order as far as no shuffle changes it.
 */
public final class LocalRun implements AutoCloseable {
    private final MiniCluster cluster;
    private final long started = System.nanoTime();
    private boolean first = true;

    private LocalRun(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts Flink: about a second. */
    public static LocalRun start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .build());
        LocalRun run = new LocalRun(cluster);
        cluster.start();
        return run;
    }

    /**
     * Runs a plan to the end of its records.
     *
     * @param records of each input, by its name
     * @throws UnreadableFileException if a file is not what its adapter reads
     * @throws LocalRunException if the job fails, with the reason that a person can act on
     */
    public LocalSummary run(Plan plan, Map<String, List<Records>> records, LocalOutput output)
            throws LocalRunException, UnreadableFileException, InterruptedException {
        return run(records, output, sinks -> sinks.in(plan));
    }

    /**
     * The same with the pipeline's own sinks, which get the outcomes that {@code output} lets land. It ends when the
     * stores have everything. Rejects and the ledger's totals go to {@code output} alone.
     */
    public LocalSummary land(Plan plan, Map<String, List<Records>> records, LocalOutput output)
            throws LocalRunException, UnreadableFileException, InterruptedException {
        return run(records, output, sinks -> sinks.beside(plan));
    }

    private LocalSummary run(Map<String, List<Records>> records, LocalOutput output, Function<LocalSinks, Plan> plan)
            throws LocalRunException, UnreadableFileException, InterruptedException {
        long begun = first ? started : System.nanoTime();
        first = false;
        Collector collector = Collector.open(output);
        try {
            cluster.executeJobBlocking(graph(plan.apply(new LocalSinks(collector)), records));
            Map<Fate, Long> fates = new EnumMap<>(Fate.class);
            for (LedgerEntry total : collector.totals().values()) {
                fates.merge(total.fate(), total.count(), Long::sum);
            }
            return new LocalSummary(fates, (System.nanoTime() - begun) / 1e9);
        } catch (JobExecutionException e) {
            Optional<UnreadableFileException> file = ExceptionUtils.findThrowable(e, UnreadableFileException.class);
            if (file.isPresent()) {
                throw file.get();
            }
            throw new LocalRunException(reason(e), e);
        } finally {
            collector.close();
        }
    }

    private static JobGraph graph(Plan plan, Map<String, List<Records>> records) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(new Configuration());
        env.setParallelism(1);
        Map<String, DataStream<KeyedRecord>> streams = new LinkedHashMap<>();
        for (Plan.Input input : plan.inputs()) {
            List<Records> of = records.getOrDefault(input.name(), List.of());
            streams.put(input.name(), BoundedSource.attach(env, input.named("records", ": "), of, plan.peek(input)));
        }
        DatamillJob.define(env, plan, streams);
        return env.getStreamGraph().getJobGraph();
    }

    /** Flink wraps what failed several times. */
    private static String reason(JobExecutionException failure) {
        Throwable cause = ExceptionUtils.stripException(failure, JobExecutionException.class);
        while (cause.getCause() != null
                && (cause.getMessage() == null || cause.getClass().getName().startsWith("org.apache.flink"))) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @Override
    public void close() throws Exception {
        cluster.close();
    }
}
