package io.datamill.sink.outbox;

import io.datamill.event.FlowSerializer;
import io.datamill.event.Position;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Each row starts with the version of its form, so that a later form can be read beside this one from old state. */
final class StoreRowSerializer extends FlowSerializer<StoreRow> {
    private static final long serialVersionUID = 1L;
    private static final byte FORM = 2;

    /** As it was while a record held one event. */
    private static final byte WITHOUT_PART = 1;

    static final StoreRowSerializer INSTANCE = new StoreRowSerializer();

    @Override
    public void serialize(StoreRow row, DataOutputView out) throws IOException {
        out.writeByte(FORM);
        StringValue.writeString(row.key().tenant(), out);
        StringValue.writeString(row.key().id(), out);
        out.writeLong(row.version());
        out.writeLong(row.time());
        Position position = row.position();
        StringValue.writeString(position.stream(), out);
        StringValue.writeString(position.shard(), out);
        StringValue.writeString(position.sequenceNumber(), out);
        out.writeLong(position.arrivalTime());
        out.writeInt(position.part());
        out.writeInt(row.payload().length);
        out.write(row.payload());
    }

    @Override
    public StoreRow deserialize(DataInputView in) throws IOException {
        byte form = in.readByte();
        if (form != FORM && form != WITHOUT_PART) {
            throw new IOException("row of form " + form + " in state or on the wire; expected 1 to " + FORM
                    + ": it was written by a newer release");
        }
        StoreRow.Key key = new StoreRow.Key(StringValue.readString(in), StringValue.readString(in));
        long version = in.readLong();
        long time = in.readLong();
        Position position = new Position(
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                in.readLong(),
                form == WITHOUT_PART ? 0 : in.readInt());
        byte[] payload = new byte[in.readInt()];
        in.readFully(payload);
        return new StoreRow(key, version, time, position, payload);
    }

    @Override
    public TypeSerializerSnapshot<StoreRow> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Public for Flink, which makes it by reflection on restore. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StoreRow> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
