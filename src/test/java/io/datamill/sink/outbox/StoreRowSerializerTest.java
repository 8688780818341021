package io.datamill.sink.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Position;
import io.datamill.event.Reject;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class StoreRowSerializerTest {
    private static final StoreRow ROW = new StoreRow(
            new StoreRow.Key("acmé", "id\u0000"), 7, -1, new Position("s", "shard", "49", 3, 5), new byte[] {1, 0, -1});

    @Test
    void readsWhatItWrites() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        StoreRowSerializer.INSTANCE.serialize(ROW, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(StoreRowSerializer.INSTANCE.deserialize(in))
                .usingRecursiveComparison()
                .isEqualTo(ROW);
        assertThat(in.available()).isZero();
    }

    @Test
    void itsFormStaysTheSameSinceOldStateHasIt() throws IOException {
        byte[] written = HexFormat.of()
                .parseHex("02" + "0561636de901" + "04696400" + "0000000000000007" + "ffffffffffffffff" + "0273"
                        + "067368617264" + "033439" + "0000000000000003" + "00000005" + "00000003" + "0100ff");
        DataOutputSerializer out = new DataOutputSerializer(64);
        StoreRowSerializer.INSTANCE.serialize(ROW, out);
        assertThat(out.getCopyOfBuffer()).isEqualTo(written);
    }

    @Test
    void readsTheFormOfARecordThatHeldOneEvent() throws IOException {
        byte[] old = HexFormat.of()
                .parseHex("01" + "0561636de901" + "04696400" + "0000000000000007" + "ffffffffffffffff" + "0273"
                        + "067368617264" + "033439" + "0000000000000003" + "00000003" + "0100ff");
        assertThat(StoreRowSerializer.INSTANCE.deserialize(new DataInputDeserializer(old)))
                .usingRecursiveComparison()
                .isEqualTo(new StoreRow(ROW.key(), 7, -1, new Position("s", "shard", "49", 3), new byte[] {1, 0, -1}));
    }

    @Test
    void refusesAFormItDoesNotKnow() {
        assertThatThrownBy(
                        () -> StoreRowSerializer.INSTANCE.deserialize(new DataInputDeserializer(new byte[] {9, 1, 1})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form 9")
                .hasMessageContaining("expected 1 to 2");
    }

    @Test
    void flinkUsesItAndNoKryo() {
        assertThat(TypeInformation.of(StoreRow.class)).isInstanceOf(StoreRowTypeInfo.class);
        assertThat(TypeInformation.of(Reject.class)).isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void bucketsStayTheSameAndAreEvenlyFilled() {
        assertThat(new StoreRow.Key("acme", "id-1").bucket()).isEqualTo(FIRST);
        int[] filled = new int[StoreRow.BUCKETS];
        IntStream.range(0, 25_600).forEach(i -> filled[new StoreRow.Key("acme", "id-" + i).bucket()]++);
        assertThat(Arrays.stream(filled).min().getAsInt()).isGreaterThan(25);
        assertThat(Arrays.stream(filled).max().getAsInt()).isLessThan(250);
    }

    private static final int FIRST = 93;
}
