package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.schema.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that were made to do harm cost no more than an exception. */
class HostileRecordTest {
    @TempDir
    private Path directory;

    private SchemaRegistry registry;
    private UUID id;
    private RecordDecoder decoder;

    @BeforeEach
    void open() {
        registry = new RegistryLocation(directory.toString()).open();
        id = registry.register("a-v1", Samples.SCHEMA);
        decoder = RecordDecoder.full(registry, Samples.SCHEMA);
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
        byte[] good = new RecordEncoder(id, Samples.SCHEMA, false).encode(Samples.record("id-1"));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = good.clone();
            for (int j = 0; j < 3; j++) {
                int at = WireFormat.HEADER_LENGTH + random.nextInt(damaged.length - WireFormat.HEADER_LENGTH);
                damaged[at] = (byte) random.nextInt();
            }
            refused += readable(damaged) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void recordsWithinRecordsWithoutEndAreRefused() throws Exception {
        Schema node = new Schema.Parser().parse("""
                        {"type": "record", "name": "Node", "fields": [
                          {"name": "next", "type": ["null", "Node"]}]}""");
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        UUID nodeId = registry.register("node-v1", node);
        try (RecordDecoder nodes = RecordDecoder.full(registry, node)) {
            UndecodableException e = catchThrowableOfType(
                    UndecodableException.class, () -> nodes.decode(WireFormat.encode(nodeId, deep), null));

            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
        }
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
}
