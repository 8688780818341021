package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.schema.UndecodableException.Reason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordDecoderTest {
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
        byte[] compressed = new RecordEncoder(id, Samples.SCHEMA, true).encode(Samples.record("id-2"));

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
        UUID other = registry.register("b-v1", ReaderSchemas.project(Samples.SCHEMA, List.of("id")));

        UndecodableException e = refused(WireFormat.encode(other, new byte[] {0}));
        assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA);
        assertThat(e).hasMessageContaining("/fields/");
    }

    @Test
    void peekingStopsBehindTheLastFieldItNeeds() throws UndecodableException {
        byte[] good = good();
        byte[] cut = Arrays.copyOf(good, WireFormat.HEADER_LENGTH + 11);
        try (RecordDecoder peek = RecordDecoder.peeking(registry, Samples.SCHEMA, List.of("at"))) {
            assertThat(peek.decode(good, null).record().get("at")).isEqualTo(1_700_000_000_000L);
            assertThat(peek.decode(cut, null).record().get("at")).isEqualTo(1_700_000_000_000L);
        }
        assertThatThrownBy(() -> RecordDecoder.peeking(registry, Samples.SCHEMA, List.of("nope")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nope");
    }

    private UndecodableException refused(byte[] framed) {
        return catchThrowableOfType(UndecodableException.class, () -> decoder.decode(framed, null));
    }

    private byte[] good() {
        return new RecordEncoder(id, Samples.SCHEMA, false).encode(Samples.record("id-1"));
    }
}
