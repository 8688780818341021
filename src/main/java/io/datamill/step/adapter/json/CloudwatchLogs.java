package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.datamill.config.VerbDoc;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.TypeText;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.TextInput;
import io.datamill.step.adapter.TextReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/**
 * The records of a CloudWatch Logs subscription: JSON with many log events, gzip as AWS sends it or not
 * (docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html, "Data message").
 */
public final class CloudwatchLogs implements Adapter {
    private static final long serialVersionUID = 1L;

    private static final List<String> FIELDS =
            List.of("log_group", "log_stream", "owner", "log_event_id", "log_time", "message");

    /** No options: the form is AWS's. */
    @VerbDoc(
            purpose = "Reads the records of a CloudWatch Logs subscription, each log event of which is an event. What the"
                    + " message holds is read by a step, such as grok.",
            signature = "record → log_group, log_stream, owner, log_event_id: string, log_time: timestamp, message: string",
            errors = "MALFORMED_JSON (also a member that stands twice), JSON_BEYOND_LIMITS, MALFORMED_TEXT,"
                    + " BROKEN_COMPRESSION, INFLATED_TOO_LARGE, and MISSING_FIELD or WRONG_TYPE of the envelope reject the"
                    + " record; NOT_AN_OBJECT, MISSING_FIELD, WRONG_TYPE and MALFORMED_TEXT a log event. A CONTROL_MESSAGE"
                    + " is counted as filtered.",
            example = """
                    adapter: { cloudwatch-logs: {} }
                    input: '{"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"web","logStream":"i-1",
                      "subscriptionFilters":["all"],"logEvents":[
                      {"id":"31953106606966983378809025079804211143289615424298221568","timestamp":1432826855000,
                      "message":"started"}]}'
                    output:
                      - { log_group: web, log_stream: i-1, owner: "111111111111",
                          log_event_id: "31953106606966983378809025079804211143289615424298221568",
                          log_time: "2015-05-28T15:27:35Z", message: started }
                    """)
    public record Config() implements AdapterConfig {
        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            List<Schema.Field> fields = FIELDS.stream()
                    .map(name -> new Schema.Field(
                            name, TypeText.parse(name.equals("log_time") ? "timestamp" : "string")))
                    .toList();
            return new CloudwatchLogs(Schema.createRecord("LogEvent", null, "io.datamill.cloudwatch", false, fields));
        }
    }

    private final Schema schema;
    private transient TextInput input;
    private transient JsonText text;
    private transient int[] positions;

    private CloudwatchLogs(Schema schema) {
        this.schema = schema;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public boolean peekable() {
        return false;
    }

    @Override
    public Adapter projected(Collection<String> fields) {
        return new CloudwatchLogs(ReaderSchemas.project(schema, fields));
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public void open() {
        input = new TextInput(StandardCharsets.UTF_8);
        text = new JsonText();
        positions = schema.getFields().stream()
                .mapToInt(field -> FIELDS.indexOf(field.name()))
                .toArray();
    }

    @Override
    public void close() {
        if (input != null) {
            input.close();
        }
    }

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        LogMessage message;
        try (JsonParser parser = text.parser(input.read(record.data()))) {
            parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            message = LogMessage.read(parser);
        } catch (JsonProcessingException e) {
            throw JsonText.reject(e);
        } catch (IOException e) {
            throw new UncheckedIOException("characters in memory", e);
        }
        if (message.isControl()) {
            return;
        }
        boolean alone = message.events().size() == 1;
        for (LogMessage.Part part : message.events()) {
            byte[] data = alone ? record.data() : input.bytes(message.alone(text.slice(part.start(), part.end())));
            if (part.problem() == null) {
                out.event(values(message, part), null, data);
            } else {
                out.reject(part.problem(), data);
            }
        }
    }

    private Object[] values(LogMessage message, LogMessage.Part part) {
        Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (positions[i]) {
                case 0 -> message.logGroup();
                case 1 -> message.logStream();
                case 2 -> message.owner();
                case 3 -> part.event().id();
                case 4 -> part.event().time();
                default -> part.event().message();
            };
        }
        return values;
    }
}
