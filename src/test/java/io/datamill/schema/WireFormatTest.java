package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.schema.UndecodableException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireFormatTest {
    private static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final byte[] PAYLOAD = "payload payload payload".getBytes(StandardCharsets.US_ASCII);

    private final WireFormat format = new WireFormat();

    @Test
    void headerIsVersionCompressionAndBigEndianId() {
        byte[] framed = WireFormat.encode(ID, new byte[] {7});

        assertThat(HexFormat.of().formatHex(framed)).isEqualTo("0300" + "00112233445566778899aabbccddeeff" + "07");
        assertThat(WireFormat.encodeCompressed(ID, PAYLOAD)).startsWith(3, 5, 0x00, 0x11, 0x22);
    }

    @Test
    void anUncompressedPayloadIsAViewAndNoCopy() throws UndecodableException {
        byte[] framed = WireFormat.encode(ID, PAYLOAD);
        Frame frame = format.decode(framed);

        assertThat(frame.bytes()).isSameAs(framed);
        assertThat(frame.schemaId()).isEqualTo(ID);
        assertThat(payload(frame)).isEqualTo(PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 3_000_000})
    void compressedPayloadsOfAnySizeComeBack(int size) throws UndecodableException {
        byte[] payload = new byte[size];
        for (int i = 0; i < size; i++) {
            payload[i] = (byte) (i * 31 ^ (i >> 7));
        }

        assertThat(payload(format.decode(WireFormat.encodeCompressed(ID, payload))))
                .isEqualTo(payload);
        assertThat(payload(format.decode(WireFormat.encodeCompressed(ID, PAYLOAD))))
                .isEqualTo(PAYLOAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17})
    void refusesARecordShorterThanItsHeader(int length) {
        assertThat(refused(Arrays.copyOf(WireFormat.encode(ID, PAYLOAD), length))
                        .reason())
                .isEqualTo(Reason.TOO_SHORT);
    }

    @Test
    void refusesAnotherHeaderByte() {
        byte[] framed = WireFormat.encode(ID, PAYLOAD);
        framed[0] = (byte) 0xc3;

        UndecodableException e = refused(framed);
        assertThat(e.reason()).isEqualTo(Reason.WRONG_HEADER);
        assertThat(e).hasMessage("first byte is 195, expected 3");
    }

    @Test
    void refusesACompressionThatIsNotKnown() {
        byte[] framed = WireFormat.encode(ID, PAYLOAD);
        framed[1] = 1;

        assertThat(refused(framed).reason()).isEqualTo(Reason.UNKNOWN_COMPRESSION);
    }

    @Test
    void refusesACompressedPayloadThatEndsEarly() {
        byte[] framed = WireFormat.encodeCompressed(ID, PAYLOAD);
        for (int length = WireFormat.HEADER_LENGTH; length < framed.length; length++) {
            assertThat(refused(Arrays.copyOf(framed, length)).reason()).isEqualTo(Reason.CORRUPT_COMPRESSION);
        }
    }

    @Test
    void refusesBytesAfterTheCompressedPayload() {
        byte[] framed = WireFormat.encodeCompressed(ID, PAYLOAD);

        assertThat(refused(Arrays.copyOf(framed, framed.length + 1)).reason()).isEqualTo(Reason.CORRUPT_COMPRESSION);
    }

    @Test
    void refusesABombAndAcceptsWhatIsJustInTheLimit() throws UndecodableException {
        try (WireFormat small = new WireFormat(100_000)) {
            Frame frame = small.decode(WireFormat.encodeCompressed(ID, new byte[100_000]));
            assertThat(frame.length()).isEqualTo(100_000);

            UndecodableException e = catchThrowableOfType(
                    UndecodableException.class, () -> small.decode(WireFormat.encodeCompressed(ID, new byte[100_001])));
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
        }
    }

    private UndecodableException refused(byte[] framed) {
        return catchThrowableOfType(UndecodableException.class, () -> format.decode(framed));
    }

    private static byte[] payload(Frame frame) {
        return Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
    }
}
