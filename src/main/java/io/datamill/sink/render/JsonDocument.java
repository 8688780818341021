package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.sink.outbox.StoreRow;
import java.io.IOException;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The outcome as one JSON object: its {@code lineage}, and then the outcome's own fields, as the lake has them. A field
 * of the outcome named lineage is left out.
 */
public final class JsonDocument implements Renderer {
    private static final long serialVersionUID = 1L;
    private static final String LINEAGE = "lineage";
    private static final SerializedString LINEAGE_NAME = new SerializedString(LINEAGE);

    private final Schema outcome;
    private final Lineage lineage;
    private transient JsonBytes bytes;
    private transient IsoTime time;
    private transient JsonFields fields;

    public JsonDocument(Schema outcome, Lineage lineage) {
        this.outcome = outcome;
        this.lineage = lineage;
    }

    @Override
    public void open() {
        bytes = new JsonBytes();
        time = new IsoTime();
        fields = new JsonFields(outcome, Set.of(LINEAGE));
    }

    @Override
    public StoreRow render(Event event) {
        Header header = event.header();
        byte[] payload = bytes.render(json -> write(event, json));
        StoreRow.Key key = new StoreRow.Key(header.tenant(), header.id());
        return new StoreRow(
                key, lineage.version(header), header.time(), header.source().position(), payload);
    }

    private void write(Event event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName(LINEAGE_NAME);
        lineage.write(event.header(), time, json);
        fields.write(event.values(), json);
        json.writeEndObject();
    }
}
