package io.datamill.sink.verdict;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Versions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;

/**
 * What a reader of the verdict stream gets: a JSON object with tenant, event_id, event_time, version, pipeline and
 * position, the verdict with its label and rule (and what else the decide step adds: rules, list_entry, monitored), and
 * every score with its reasons. Nobody acts on one whose monitored is true. The event itself is in the stores.
 */
final class VerdictMessage implements SerializationSchema<Event> {
    private static final long serialVersionUID = 1L;
    private static final List<String> DECISION =
            List.of("verdict", "label", "rule", "rules", "list_entry", "monitored");

    private final PipelineVersion pipeline;
    private final Schema outcome;
    private final int[] positions;
    private transient JsonFactory json;

    VerdictMessage(PipelineVersion pipeline, Schema outcome) {
        this.pipeline = pipeline;
        this.outcome = outcome;
        this.positions = outcome.getFields().stream()
                .filter(field -> DECISION.contains(field.name()) || isScore(field.schema()))
                .mapToInt(Schema.Field::pos)
                .toArray();
    }

    /** What the score step adds: a record with a score and its reasons. */
    private static boolean isScore(Schema schema) {
        return schema.getType() == Schema.Type.RECORD
                && schema.getField("score") != null
                && schema.getField("reasons") != null;
    }

    @Override
    public void open(InitializationContext context) {
        json = new JsonFactory();
    }

    @Override
    public byte[] serialize(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes)) {
            Header header = event.header();
            long arrival = header.source().position().arrivalTime();
            out.writeStartObject();
            out.writeStringField("tenant", header.tenant());
            out.writeStringField("event_id", header.id());
            out.writeStringField(
                    "event_time", Instant.ofEpochMilli(header.time()).toString());
            out.writeNumberField("version", Versions.of(pipeline.generation(), arrival));
            out.writeStringField("pipeline", pipeline.toString());
            out.writeStringField("position", header.source().position().toString());
            for (int position : positions) {
                out.writeFieldName(outcome.getFields().get(position).name());
                write(event.values()[position], out);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Object value, JsonGenerator out) throws IOException {
        if (value instanceof IndexedRecord record) {
            out.writeStartObject();
            for (Schema.Field field : record.getSchema().getFields()) {
                out.writeFieldName(field.name());
                write(record.get(field.pos()), out);
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                write(item, out);
            }
            out.writeEndArray();
        } else if (value instanceof Double number) {
            out.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else {
            out.writeString(value == null ? null : value.toString());
        }
    }
}
