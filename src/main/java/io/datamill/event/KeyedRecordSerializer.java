package io.datamill.event;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What crosses the shuffle: key, time, position, partition key and the raw bytes, each with its length. Written by hand
 * since every record pays for it; a record's partition key may be null, its data may not.
 */
public final class KeyedRecordSerializer extends FlowSerializer<KeyedRecord> {
    public static final KeyedRecordSerializer INSTANCE = new KeyedRecordSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(KeyedRecord keyed, DataOutputView out) throws IOException {
        Text.write(keyed.key(), out);
        out.writeLong(keyed.time());
        write(keyed.record(), out);
    }

    @Override
    public KeyedRecord deserialize(DataInputView in) throws IOException {
        return new KeyedRecord(Text.read(in), in.readLong(), read(in));
    }

    static void write(SourceRecord record, DataOutputView out) throws IOException {
        Position position = record.position();
        Text.write(position.stream(), out);
        Text.write(position.shard(), out);
        Text.write(position.sequenceNumber(), out);
        out.writeLong(position.arrivalTime());
        out.writeInt(position.part());
        Text.write(record.partitionKey(), out);
        out.writeInt(record.data().length);
        out.write(record.data());
    }

    static SourceRecord read(DataInputView in) throws IOException {
        Position position = new Position(Text.read(in), Text.read(in), Text.read(in), in.readLong(), in.readInt());
        String partitionKey = Text.read(in);
        byte[] data = new byte[in.readInt()];
        in.readFully(data);
        return new SourceRecord(position, partitionKey, data);
    }

    @Override
    public TypeSerializerSnapshot<KeyedRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The layout's version; it holds nothing else. */
    public static final class Snapshot implements TypeSerializerSnapshot<KeyedRecord> {
        private static final int VERSION = 1;

        @Override
        public int getCurrentVersion() {
            return VERSION;
        }

        @Override
        public void writeSnapshot(DataOutputView out) {}

        @Override
        public void readSnapshot(int version, DataInputView in, ClassLoader classLoader) throws IOException {
            if (version != VERSION) {
                throw new IOException("KeyedRecord in layout " + version + ", this release reads " + VERSION);
            }
        }

        @Override
        public KeyedRecordSerializer restoreSerializer() {
            return INSTANCE;
        }

        @Override
        public TypeSerializerSchemaCompatibility<KeyedRecord> resolveSchemaCompatibility(
                TypeSerializerSnapshot<KeyedRecord> old) {
            return old instanceof Snapshot
                    ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                    : TypeSerializerSchemaCompatibility.incompatible();
        }
    }
}
