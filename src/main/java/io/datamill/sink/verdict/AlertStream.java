package io.datamill.sink.verdict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.datamill.config.OptionDoc;
import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Alert;
import io.datamill.sink.AlertConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Alerts on a Kinesis stream, at least once: whoever reads them tells repeats by their id. */
public final class AlertStream {
    private AlertStream() {}

    /**
     * The {@code alerts:} section.
     *
     * @param stream may be the one that verdicts go to
     * @param region as AWS names it; {@code us-east-1} if absent
     * @param endpoint of an emulator; AWS's own if absent or empty
     */
    @VerbDoc(
            purpose =
                    "Puts a JSON message on a Kinesis stream for what a person should look at, such as a model that was"
                            + " refused, at least once: whoever reads it tells repeats by their id. `datamill alerter` reads it.",
            signature = "an alert → a message of type alert",
            example = """
                    alerts: { stream: verdicts }
                    """)
    public record Config(
            @OptionDoc("The stream's name; it may be the one that verdicts go to.")
            Reference stream,

            @OptionDoc(value = "As AWS names it.", otherwise = "us-east-1")
            Reference region,

            @OptionDoc(value = "The address of an emulator.", otherwise = "AWS's own")
            Reference endpoint)
            implements AlertConfig {
        public Config {
            if (stream == null) {
                throw new IllegalArgumentException("stream is missing; give the name of a Kinesis stream");
            }
        }

        @Override
        public void attach(DataStream<Alert> alerts, PipelineVersion pipeline) {
            alerts.sinkTo(KinesisStreamsSink.<Alert>builder()
                            .setKinesisClientProperties(Kinesis.properties(
                                    region == null ? "" : region.resolve(), endpoint == null ? "" : endpoint.resolve()))
                            .setSerializationSchema(new Message(pipeline))
                            .setPartitionKeyGenerator(Alert::id)
                            .setStreamName(stream.resolve())
                            .setFailOnError(false)
                            .build())
                    .name("alerts")
                    .uid("job: alerts");
        }
    }

    /** The id begins with the pipeline's name: two pipelines may have the same to tell. */
    record Message(PipelineVersion pipeline) implements SerializationSchema<Alert> {
        private static final JsonFactory JSON = new JsonFactory();

        @Override
        public byte[] serialize(Alert alert) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
            try (JsonGenerator out = JSON.createGenerator(bytes)) {
                out.writeStartObject();
                out.writeStringField("type", "alert");
                out.writeStringField("id", pipeline.name() + '/' + alert.id());
                out.writeStringField("pipeline", pipeline.toString());
                out.writeStringField("source", alert.source());
                out.writeStringField("tenant", alert.tenant());
                out.writeStringField("title", alert.title());
                out.writeStringField("text", alert.text());
                out.writeStringField("at", Instant.ofEpochMilli(alert.at()).toString());
                out.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory failed", e);
            }
            return bytes.toByteArray();
        }
    }
}
