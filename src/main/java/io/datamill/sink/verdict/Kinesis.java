package io.datamill.sink.verdict;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.sink.LineageReader;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.render.FieldPath;
import io.datamill.sink.render.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.kinesis.sink.KinesisStreamsSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Verdicts on a stream, at least once: whoever reads them tells repeats by tenant, event id and version. Each event's
 * messages are on one shard. Refuses no row.
 */
public record Kinesis(String id, String stream, Properties properties, VerdictMessage message) implements PlannedSink {

    /**
     * Where the verdicts go. None of these holds a secret: credentials come from the process's own chain.
     *
     * @param stream its name
     * @param region as AWS names it; {@code us-east-1} if absent
     * @param endpoint of an emulator; AWS's own if absent or empty
     * @param include fields of the event that whoever reads the message needs
     */
    @VerbDoc(
            purpose = "Puts a JSON message for each outcome on a Kinesis stream, at least once: whoever reads it tells"
                    + " repeats by tenant, event id and version.",
            signature = "an outcome → a message",
            errors = "Refuses no row; while Kinesis does not answer, the stream waits.",
            example = """
                    sink: { kinesis: { stream: verdicts, include: [page], when: "verdict != 'pass'" } }
                    fields: { page: string, verdict: string }
                    """)
    public record Config(
            @OptionDoc("The stream's name.") Reference stream,

            @OptionDoc(value = "As AWS names it.", otherwise = "us-east-1")
            Reference region,

            @OptionDoc(value = "The address of an emulator.", otherwise = "AWS's own")
            Reference endpoint,

            @OptionDoc(
                    value = "Fields of the event that each message has in its object `fields`, under the names as"
                            + " written, such as `geo.country`: what an alert is grouped by and shows.",
                    otherwise = "none")
            List<String> include)
            implements SinkConfig {
        public Config {
            if (stream == null) {
                throw new IllegalArgumentException("stream is missing; give the name of a Kinesis stream");
            }
            include = include == null ? List.of() : List.copyOf(include);
        }

        @Override
        public PlannedSink plan(SinkPlanning planning) {
            String name = resolve("stream", stream, planning);
            String where = region == null ? "" : resolve("region", region, planning);
            String at = endpoint == null ? "" : resolve("endpoint", endpoint, planning);
            List<FieldPath> included = included(planning);
            if (name == null || where == null || at == null || included.size() < include.size()) {
                return null;
            }
            return new Kinesis(
                    planning.id(),
                    name,
                    properties(where, at),
                    new VerdictMessage(planning.pipeline(), planning.outcome(), included));
        }

        private List<FieldPath> included(SinkPlanning planning) {
            List<FieldPath> fields = new ArrayList<>();
            for (int i = 0; i < include.size(); i++) {
                try {
                    FieldPath field = FieldPath.of(include.get(i), planning.outcome());
                    JsonValue.of(field.schema());
                    fields.add(field);
                } catch (IllegalArgumentException e) {
                    planning.problem("include[" + i + "]", e.getMessage());
                }
            }
            return fields;
        }

        private static String resolve(String option, Reference reference, SinkPlanning planning) {
            try {
                return reference.resolve();
            } catch (Reference.UnresolvedReferenceException e) {
                planning.problem(option, e.getMessage());
                return null;
            }
        }
    }

    /**
     * Of a client.
     *
     * @param region empty: us-east-1
     * @param endpoint empty: AWS's own
     */
    static Properties properties(String region, String endpoint) {
        Properties properties = new Properties();
        properties.setProperty("aws.region", region.isEmpty() ? "us-east-1" : region);
        properties.setProperty("aws.http.protocol.version", "HTTP1_1");
        if (!endpoint.isEmpty()) {
            properties.setProperty("aws.endpoint", endpoint);
        }
        return properties;
    }

    @Override
    public Optional<PlannedSink> again(LineageReader reader) {
        return Optional.empty();
    }

    @Override
    public Optional<DataStream<Reject>> attach(DataStream<Event> outcomes) {
        KinesisStreamsSink<Event> sink = KinesisStreamsSink.<Event>builder()
                .setKinesisClientProperties(properties)
                .setSerializationSchema(message)
                .setPartitionKeyGenerator(event -> event.header().id())
                .setStreamName(stream)
                .setFailOnError(false)
                .build();
        outcomes.sinkTo(sink).name(id).uid(id);
        return Optional.empty();
    }
}
