package io.datamill.event;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Strings in state, with one write for each: Flink's own serializer writes character by character into a checkpoint. */
public final class TextSerializer extends TypeSerializerSingleton<String> {
    public static final TextSerializer INSTANCE = new TextSerializer();

    private static final long serialVersionUID = 1L;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public String createInstance() {
        return "";
    }

    @Override
    public String copy(String from) {
        return from;
    }

    @Override
    public String copy(String from, String reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(String text, DataOutputView out) throws IOException {
        Text.write(text, out);
    }

    @Override
    public String deserialize(DataInputView in) throws IOException {
        return Text.read(in);
    }

    @Override
    public String deserialize(String reuse, DataInputView in) throws IOException {
        return Text.read(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        Text.write(Text.read(in), out);
    }

    @Override
    public TypeSerializerSnapshot<String> snapshotConfiguration() {
        return new Snapshot();
    }

    /** It holds nothing. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<String> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
