package io.datamill.source;

import io.datamill.event.KeyedRecord;
import io.datamill.step.adapter.Peek;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.connectors.kinesis.FlinkKinesisConsumer;
import org.apache.flink.streaming.connectors.kinesis.config.AWSConfigConstants;
import org.apache.flink.streaming.connectors.kinesis.config.ConsumerConfigConstants;

/** Reads a stream of Kinesis, with a watermark for each shard. Credentials come from the process's own chain. */
public final class KinesisSource {
    /** How soon the shards of a split or merge are found. */
    private static final Duration DISCOVERY = Duration.ofSeconds(2);

    /** A shard allows five reads a second to all its readers. */
    private static final Duration BETWEEN_READS = Duration.ofMillis(250);

    /**
     * After so long without a record a shard no longer holds the watermark. Without it (the connector's default) no shard
     * ever does: one with a backlog is passed over whenever another has moved on.
     */
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final String name;
    private final String uid;

    /** @param name of its box in the web UI */
    public KinesisSource(String name, String uid) {
        this.name = name;
        this.uid = uid;
    }

    /**
     * @param lateAfter how far each shard's watermark stays behind its latest event
     * @throws io.datamill.config.Reference.UnresolvedReferenceException if the configuration refers to what is not set
     */
    public DataStream<KeyedRecord> attach(
            StreamExecutionEnvironment env, KinesisConfig config, Peek peek, Duration lateAfter) {
        FlinkKinesisConsumer<KeyedRecord> consumer = new FlinkKinesisConsumer<>(
                config.stream().resolve(), new PeekingDeserializer(peek), properties(config));
        consumer.setPeriodicWatermarkAssigner(new ShardWatermarks(lateAfter));
        return env.addSource(consumer).name(name).uid(uid);
    }

    private static Properties properties(KinesisConfig config) {
        Properties properties = new Properties();
        String region = config.region() == null ? "us-east-1" : config.region().resolve();
        properties.setProperty(AWSConfigConstants.AWS_REGION, region);
        String endpoint = config.endpoint() == null ? "" : config.endpoint().resolve();
        if (!endpoint.isEmpty()) {
            properties.setProperty(AWSConfigConstants.AWS_ENDPOINT, endpoint);
        }
        properties.setProperty(
                ConsumerConfigConstants.STREAM_INITIAL_POSITION, config.start().name());
        properties.setProperty(
                ConsumerConfigConstants.SHARD_DISCOVERY_INTERVAL_MILLIS, Long.toString(DISCOVERY.toMillis()));
        properties.setProperty(
                ConsumerConfigConstants.SHARD_GETRECORDS_INTERVAL_MILLIS, Long.toString(BETWEEN_READS.toMillis()));
        properties.setProperty(ConsumerConfigConstants.SHARD_IDLE_INTERVAL_MILLIS, Long.toString(IDLE.toMillis()));
        return properties;
    }
}
