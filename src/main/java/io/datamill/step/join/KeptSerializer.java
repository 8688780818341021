package io.datamill.step.join;

import io.datamill.event.EventValues;
import io.datamill.event.FlowSerializer;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.event.TextSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Waiting events in state: the header, the record it came from, and the values as Avro binary of one schema. Where that
 * schema has changed under a savepoint, as Avro lets a reader's, each is brought to the new one.
 */
final class KeptSerializer extends FlowSerializer<Kept> {
    private static final long serialVersionUID = 1L;

    private final Schema schema;

    KeptSerializer(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void serialize(Kept kept, DataOutputView out) throws IOException {
        Header header = kept.header();
        text(header.tenant(), out);
        text(header.id(), out);
        out.writeLong(header.time());
        UUID writerSchema = header.writerSchema();
        out.writeBoolean(writerSchema != null);
        if (writerSchema != null) {
            out.writeLong(writerSchema.getMostSignificantBits());
            out.writeLong(writerSchema.getLeastSignificantBits());
        }
        Position position = header.source().position();
        text(position.stream(), out);
        text(position.shard(), out);
        text(position.sequenceNumber(), out);
        out.writeLong(position.arrivalTime());
        out.writeInt(position.part());
        text(header.source().partitionKey(), out);
        bytes(header.source().data(), out);
        text(kept.key(), out);
        out.writeBoolean(kept.matched());
        bytes(converted(kept), out);
    }

    /** On the heap, what an older release has kept comes here as that release wrote it. */
    private byte[] converted(Kept kept) throws IOException {
        return kept.schema().equals(schema)
                ? kept.values()
                : new EventValues(schema).write(new EventValues(kept.schema(), schema).read(kept.values()));
    }

    @Override
    public Kept deserialize(DataInputView in) throws IOException {
        String tenant = text(in);
        String id = text(in);
        long time = in.readLong();
        UUID writerSchema = in.readBoolean() ? new UUID(in.readLong(), in.readLong()) : null;
        Position position = new Position(text(in), text(in), text(in), in.readLong(), in.readInt());
        SourceRecord source = new SourceRecord(position, text(in), bytes(in));
        String key = text(in);
        boolean matched = in.readBoolean();
        return new Kept(new Header(tenant, id, time, writerSchema, source), key, matched, schema, bytes(in));
    }

    private static void text(String text, DataOutputView out) throws IOException {
        TextSerializer.INSTANCE.serialize(text, out);
    }

    private static String text(DataInputView in) throws IOException {
        return TextSerializer.INSTANCE.deserialize(in);
    }

    private static void bytes(byte[] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeptSerializer that && schema.equals(that.schema);
    }

    @Override
    public int hashCode() {
        return schema.hashCode();
    }

    @Override
    public TypeSerializerSnapshot<Kept> snapshotConfiguration() {
        return new Snapshot(schema);
    }

    /** The schema as JSON. */
    public static final class Snapshot implements TypeSerializerSnapshot<Kept> {
        private static final int VERSION = 1;

        private Schema schema;

        /** For Flink, which calls {@link #readSnapshot} next. */
        public Snapshot() {}

        Snapshot(Schema schema) {
            this.schema = schema;
        }

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) throws IOException {
            bytes(schema.toString().getBytes(StandardCharsets.UTF_8), out);
        }

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classLoader) throws IOException {
            if (version != VERSION) {
                throw new IOException("events that wait for a join in layout " + version + ", this release reads "
                        + VERSION);
            }
            schema = new Schema.Parser().parse(new String(bytes(in), StandardCharsets.UTF_8));
        }

        @Override
        public KeptSerializer restoreSerializer() {
            return new KeptSerializer(schema);
        }

        @Override
        public TypeSerializerSchemaCompatibility<Kept> resolveSchemaCompatibility(TypeSerializerSnapshot<Kept> old) {
            if (!(old instanceof Snapshot that)) {
                return TypeSerializerSchemaCompatibility.incompatible();
            }
            if (schema.equals(that.schema)) {
                return TypeSerializerSchemaCompatibility.compatibleAsIs();
            }
            boolean readable = SchemaCompatibility.checkReaderWriterCompatibility(schema, that.schema)
                            .getType()
                    == SchemaCompatibilityType.COMPATIBLE;
            return readable
                    ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
