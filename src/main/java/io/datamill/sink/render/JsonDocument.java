package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.RejectedEventException;
import io.datamill.sink.outbox.StoreRow;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The outcome as one JSON object: tenant, event_id, event_time, version and lineage, and then the outcome's own fields.
 * Where the outcome has a field of one of those five names, the header's value stands for it.
 */
public final class JsonDocument implements Renderer {
    private static final long serialVersionUID = 1L;
    private static final SerializedString TENANT = new SerializedString("tenant");
    private static final SerializedString EVENT_ID = new SerializedString("event_id");
    private static final SerializedString EVENT_TIME = new SerializedString("event_time");
    private static final SerializedString VERSION = new SerializedString("version");
    private static final SerializedString LINEAGE = new SerializedString("lineage");

    /** The fields every row and document starts with. */
    public static final Set<String> FIXED = Set.of("tenant", "event_id", "event_time", "version", "lineage");

    private final Schema outcome;
    private final Lineage lineage;
    private transient JsonBytes bytes;
    private transient IsoTime time;
    private transient SerializedString[] names;
    private transient JsonValue[] values;
    private transient int[] positions;

    public JsonDocument(Schema outcome, Lineage lineage) {
        this.outcome = outcome;
        this.lineage = lineage;
    }

    @Override
    public void open() {
        bytes = new JsonBytes();
        time = new IsoTime();
        List<Schema.Field> fields = outcome.getFields().stream()
                .filter(field -> !FIXED.contains(field.name()))
                .toList();
        names = fields.stream().map(f -> new SerializedString(f.name())).toArray(SerializedString[]::new);
        values = fields.stream().map(f -> JsonValue.of(f.schema())).toArray(JsonValue[]::new);
        positions = fields.stream().mapToInt(Schema.Field::pos).toArray();
    }

    @Override
    public StoreRow render(Event event) throws RejectedEventException {
        Header header = event.header();
        long version = lineage.version(header);
        byte[] payload = bytes.render(json -> write(event, version, json));
        StoreRow.Key key = new StoreRow.Key(header.tenant(), header.id());
        return new StoreRow(key, version, header.time(), header.source().position(), payload);
    }

    private void write(Event event, long version, JsonGenerator json) throws IOException {
        Header header = event.header();
        json.writeStartObject();
        json.writeFieldName(TENANT);
        json.writeString(header.tenant());
        json.writeFieldName(EVENT_ID);
        json.writeString(header.id());
        json.writeFieldName(EVENT_TIME);
        time.write(header.time(), json);
        json.writeFieldName(VERSION);
        json.writeNumber(version);
        json.writeFieldName(LINEAGE);
        lineage.write(header, json);
        Object[] from = event.values();
        for (int i = 0; i < names.length; i++) {
            json.writeFieldName(names[i]);
            values[i].write(from[positions[i]], json);
        }
        json.writeEndObject();
    }
}
