package io.datamill.event;

import java.io.IOException;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Events between operators that are not chained: header, key, the source record, then the values as Avro binary of the
 * planned schema with their length before them. Events are never kept in keyed state.
 *
 * <p>Two serializers are equal if their schemas are. One instance serves one thread; Flink duplicates it.
 */
public final class EventSerializer extends FlowSerializer<Event> {
    private static final long serialVersionUID = 1L;

    private final Schema schema;
    private transient EventValues values;

    public EventSerializer(Schema schema) {
        this.schema = schema;
    }

    @Override
    public EventSerializer duplicate() {
        return new EventSerializer(schema);
    }

    @Override
    public void serialize(Event event, DataOutputView out) throws IOException {
        Header header = event.header();
        Text.write(header.tenant(), out);
        Text.write(header.id(), out);
        out.writeLong(header.time());
        UUID writerSchema = header.writerSchema();
        out.writeBoolean(writerSchema != null);
        if (writerSchema != null) {
            out.writeLong(writerSchema.getMostSignificantBits());
            out.writeLong(writerSchema.getLeastSignificantBits());
        }
        KeyedRecordSerializer.write(header.source(), out);
        Text.write(event.key(), out);
        values().write(event.values(), out);
    }

    @Override
    public Event deserialize(DataInputView in) throws IOException {
        String tenant = Text.read(in);
        String id = Text.read(in);
        long time = in.readLong();
        UUID writerSchema = in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null;
        SourceRecord source = KeyedRecordSerializer.read(in);
        String key = Text.read(in);
        return new Event(new Header(tenant, id, time, writerSchema, source), key, values().read(in));
    }

    private EventValues values() {
        if (values == null) {
            values = new EventValues(schema);
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventSerializer that && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Event> snapshotConfiguration() {
        return new EventSerializerSnapshot(schema);
    }
}
