package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.schema.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordDecoderTest {
    private static final Schema SCHEMA = new Schema.Parser().parse("""
                    {"type": "record", "name": "A", "fields": [
                      {"name": "id", "type": "string"},
                      {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                      {"name": "note", "type": ["null", "string"]},
                      {"name": "tags", "type": {"type": "array", "items": "string"}},
                      {"name": "nothings", "type": {"type": "array", "items": "null"}},
                      {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["X", "Y"]}},
                      {"name": "raw", "type": "bytes"},
                      {"name": "sum", "type": "double"},
                      {"name": "counts", "type": {"type": "map", "values": "long"}},
                      {"name": "yes", "type": "boolean"}]}""");

    @TempDir
    private Path directory;

    private SchemaRegistry registry;
    private UUID id;
    private RecordDecoder decoder;

    @BeforeEach
    void open() {
        registry = new RegistryLocation(directory.toString()).open();
        id = registry.register("a-v1", SCHEMA);
        decoder = RecordDecoder.full(registry, SCHEMA);
    }

    @Test
    void readsEveryTypeWithJavaStringsAndPlainLongs() throws UndecodableException {
        GenericRecord read = decoder.decode(good(), null).record();

        assertThat(read.get("id")).isEqualTo("id-1");
        assertThat(read.get("at")).isEqualTo(1_700_000_000_000L);
        assertThat(read.get("note")).isNull();
        assertThat(read.get("tags")).isEqualTo(List.of("a", "ü"));
        assertThat(read.get("kind")).hasToString("Y");
        assertThat(read.get("sum")).isEqualTo(0.1);
        assertThat(read.get("counts")).isEqualTo(java.util.Map.of("c", 3L));
        assertThat(read.get("yes")).isEqualTo(true);
    }

    @Test
    void readsACompressedRecordAndOverwritesTheOneGiven() throws UndecodableException {
        GenericRecord first = decoder.decode(good(), null).record();
        byte[] compressed = new RecordEncoder(id, SCHEMA, true).encode(record("id-2"));

        assertThat(decoder.decode(compressed, first).record()).isSameAs(first);
        assertThat(first.get("id")).isEqualTo("id-2");
    }

    @Test
    void everyCutIsRefusedAsTruncated() {
        byte[] good = good();
        for (int length = WireFormat.HEADER_LENGTH; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThat(refused(cut).reason()).isEqualTo(Reason.TRUNCATED);
        }
    }

    @Test
    void bytesAfterTheRecordAreRefused() {
        byte[] good = good();

        assertThat(refused(Arrays.copyOf(good, good.length + 1)).reason()).isEqualTo(Reason.TRAILING_BYTES);
    }

    @Test
    void anUnknownIdIsNamed() {
        UndecodableException e = refused(WireFormat.encode(new UUID(1, 2), new byte[4]));

        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(e).hasMessageContaining("00000000-0000-0001-0000-000000000002");
    }

    @Test
    void aWriterThatLacksAFieldWithoutDefaultIsIncompatible() {
        UUID other = registry.register("b-v1", ReaderSchemas.project(SCHEMA, List.of("id")));

        UndecodableException e = refused(WireFormat.encode(other, new byte[] {0}));
        assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        assertThat(e).hasMessageContaining("/fields/");
    }

    @Test
    void aLengthOfTwoGigabytesAllocatesNothing() throws Exception {
        byte[] hostile = payload(encoder -> encoder.writeLong(Integer.MAX_VALUE - 8));
        long before = allocated();
        UndecodableException e = refused(hostile);

        assertThat(e.reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void negativeAndOverlongNumbersAreRefused() throws Exception {
        assertThat(refused(payload(encoder -> encoder.writeLong(-5))).reason()).isEqualTo(Reason.TRUNCATED);
        byte[] elevenBytes = new byte[11];
        Arrays.fill(elevenBytes, (byte) 0xff);
        assertThat(refused(WireFormat.encode(id, elevenBytes)).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void anArrayOfABillionNullsIsRefused() throws Exception {
        byte[] hostile = payload(encoder -> {
            head(encoder);
            encoder.writeIndex(0);
            encoder.writeLong(0); // no tags
            encoder.writeLong(1_000_000_000L); // nulls, which take no byte
            encoder.writeFixed(new byte[64]);
        });

        assertThat(refused(hostile).reason()).isEqualTo(Reason.TRUNCATED);
    }

    @Test
    void manySmallBlocksOfNullsAreBoundedInAll() throws Exception {
        byte[] hostile = payload(encoder -> {
            head(encoder);
            encoder.writeIndex(0);
            encoder.writeLong(0);
            for (int i = 0; i < 300_000; i++) {
                encoder.writeLong(100_000);
            }
        });

        assertThat(refused(hostile).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aUnionBranchOrEnumSymbolThatDoesNotExistIsMalformed() throws Exception {
        byte[] branch = payload(encoder -> {
            head(encoder);
            encoder.writeIndex(2);
        });
        byte[] symbol = payload(encoder -> {
            head(encoder);
            encoder.writeIndex(0);
            encoder.writeLong(0);
            encoder.writeLong(0);
            encoder.writeEnum(7);
            encoder.writeFixed(new byte[16]);
        });

        assertThat(refused(branch).reason()).isEqualTo(Reason.MALFORMED);
        assertThat(refused(symbol).reason()).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void randomDamageIsEitherReadOrRefusedButNothingElse() throws UndecodableException {
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good();
            for (int j = 0; j < 3; j++) {
                int at = WireFormat.HEADER_LENGTH + random.nextInt(damaged.length - WireFormat.HEADER_LENGTH);
                damaged[at] = (byte) random.nextInt();
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void peekingStopsBehindTheLastFieldItNeeds() throws UndecodableException {
        byte[] good = good();
        byte[] cut = Arrays.copyOf(good, WireFormat.HEADER_LENGTH + 11);
        try (RecordDecoder peek = RecordDecoder.peeking(registry, SCHEMA, List.of("at"))) {
            assertThat(peek.decode(good, null).record().get("at")).isEqualTo(1_700_000_000_000L);
            assertThat(peek.decode(cut, null).record().get("at")).isEqualTo(1_700_000_000_000L);
        }
        assertThatThrownBy(() -> RecordDecoder.peeking(registry, SCHEMA, List.of("nope")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nope");
    }

    private boolean readable(byte[] framed) {
        try {
            decoder.decode(framed, null);
            return true;
        } catch (UndecodableException e) {
            return false;
        }
    }

    private interface Writing {
        void to(BinaryEncoder encoder) throws java.io.IOException;
    }

    private byte[] payload(Writing writing) throws java.io.IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        writing.to(encoder);
        return WireFormat.encode(id, out.toByteArray());
    }

    private static void head(BinaryEncoder encoder) throws java.io.IOException {
        encoder.writeString("id");
        encoder.writeLong(1);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private UndecodableException refused(byte[] framed) {
        return catchThrowableOfType(UndecodableException.class, () -> decoder.decode(framed, null));
    }

    private byte[] good() {
        return new RecordEncoder(id, SCHEMA, false).encode(record("id-1"));
    }

    private static GenericRecord record(String recordId) {
        Schema kind = SCHEMA.getField("kind").schema();
        return new GenericRecordBuilder(SCHEMA)
                .set("id", recordId)
                .set("at", 1_700_000_000_000L)
                .set("note", null)
                .set("tags", List.of("a", "ü"))
                .set("nothings", List.of())
                .set("kind", new GenericData.EnumSymbol(kind, "Y"))
                .set("raw", java.nio.ByteBuffer.wrap(new byte[] {1, 2}))
                .set("sum", 0.1)
                .set("counts", java.util.Map.of("c", 3L))
                .set("yes", true)
                .build();
    }
}
