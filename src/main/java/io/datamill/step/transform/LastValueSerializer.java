package io.datamill.step.transform;

import io.datamill.event.FlowSerializer;
import io.datamill.event.PlainValues;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Last values in state: the time and the value, which says its own type. */
final class LastValueSerializer extends FlowSerializer<LastValue> {
    static final LastValueSerializer INSTANCE = new LastValueSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LastValue last, DataOutputView out) throws IOException {
        out.writeLong(last.time());
        PlainValues.write(last.value(), out);
    }

    @Override
    public LastValue deserialize(DataInputView in) throws IOException {
        return new LastValue(in.readLong(), PlainValues.read(in));
    }

    @Override
    public TypeSerializerSnapshot<LastValue> snapshotConfiguration() {
        return new Snapshot();
    }

    /** It holds nothing. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LastValue> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
