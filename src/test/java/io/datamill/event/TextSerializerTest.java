package io.datamill.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextSerializerTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "acme|0123", "Ärger", "\u20ac", "half \ud83d", "\u0000"})
    void givesEveryStringBackAlsoThroughItsSnapshot(String text) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, TextSerializer.INSTANCE.snapshotConfiguration());
        TextSerializer.INSTANCE.serialize(text, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        TypeSerializerSnapshot<String> snapshot = TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                in, getClass().getClassLoader());
        TypeSerializer<String> restored = snapshot.restoreSerializer();

        assertThat(restored.deserialize(in)).isEqualTo(text);
        assertThat(in.available()).isZero();
    }
}
