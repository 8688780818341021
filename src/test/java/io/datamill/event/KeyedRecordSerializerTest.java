package io.datamill.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyedRecordSerializerTest {
    private static final KeyedRecordSerializer SERIALIZER = KeyedRecordSerializer.INSTANCE;

    private static KeyedRecord keyed(String text, byte[] data) {
        Position position = new Position(text, "shardId-000000000000", "49".repeat(28), Long.MAX_VALUE);
        return new KeyedRecord(text, Long.MIN_VALUE, new SourceRecord(position, text, data));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"acme|7:a.b", "caf\u00e9\u00ff", "\u0100\u20ac", "\ud83d\ude00", "\ud83d", "\ude00\ud83d", "\0"})
    void givesEveryStringBackAsItWas(String text) throws IOException {
        KeyedRecord written = keyed(text, new byte[] {0, -1, 3});
        assertThat(readBack(written)).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void givesAMebibyteBack() throws IOException {
        byte[] data = new byte[1 << 20];
        Arrays.fill(data, (byte) 0x80);
        assertThat(readBack(keyed("k", data)).record().data()).isEqualTo(data);
    }

    @Test
    void readsNoFurtherThanItsOwnRecord() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        SERIALIZER.serialize(keyed("one", new byte[0]), out);
        SERIALIZER.serialize(keyed("two", new byte[] {7}), out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(SERIALIZER.deserialize(in).key()).isEqualTo("one");
        assertThat(SERIALIZER.deserialize(in).key()).isEqualTo("two");
        assertThat(in.available()).isZero();
    }

    @Test
    void copiesTheSameBytes() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        SERIALIZER.serialize(keyed("\u20ac", new byte[] {1, 2}), out);
        DataOutputSerializer copy = new DataOutputSerializer(16);
        SERIALIZER.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
        assertThat(copy.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
    }

    @Test
    void neverCopiesWhatDoesNotChange() {
        KeyedRecord record = keyed("k", new byte[0]);
        assertThat(SERIALIZER.copy(record)).isSameAs(record);
        assertThat(SERIALIZER.isImmutableType()).isTrue();
    }

    @Test
    void restoresFromItsSnapshot() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, SERIALIZER.snapshotConfiguration());
        TypeSerializerSnapshot<KeyedRecord> restored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
        assertThat(restored.restoreSerializer()).isSameAs(SERIALIZER);
        assertThat(SERIALIZER
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(restored)
                        .isCompatibleAsIs())
                .isTrue();
    }

    @Test
    void refusesTheLayoutOfALaterRelease() {
        assertThatThrownBy(() -> new KeyedRecordSerializer.Snapshot()
                        .readSnapshot(
                                2,
                                new DataInputDeserializer(new byte[0]),
                                getClass().getClassLoader()))
                .hasMessageContaining("layout 2");
    }

    @Test
    void isWhatTheTypeGives() {
        assertThat(KeyedRecordTypeInformation.INSTANCE.createSerializer(new SerializerConfigImpl()))
                .isEqualTo(SERIALIZER);
    }

    private static KeyedRecord readBack(KeyedRecord record) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        SERIALIZER.serialize(record, out);
        return SERIALIZER.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
