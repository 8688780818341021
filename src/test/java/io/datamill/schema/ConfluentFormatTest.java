package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datamill.schema.UndecodableException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfluentFormatTest {
    private static final Schema USER = new Schema.Parser().parse("""
            {"type": "record", "name": "User", "fields": [{"name": "name", "type": "string"}]}""");

    @TempDir
    private Path directory;

    private SchemaRegistry registry;
    private long now;

    @BeforeEach
    void open() throws IOException {
        registry = new RegistryLocation(directory.toString()).open();
        registry.register("user-v1", USER);
        Files.writeString(directory.resolve("user-v1.id"), "258\n");
    }

    @Test
    void readsThePayloadBehindMagicAndFourByteId() throws Exception {
        try (RecordDecoder decoder = decoder()) {
            // By hand: 0, then 258 big-endian, then Avro's string of 3 bytes.
            byte[] record = HexFormat.of().parseHex("00" + "00000102" + "06416461");
            RecordDecoder.Decoded decoded = decoder.decode(record, null);
            assertThat(decoded.record().get("name")).isEqualTo("Ada");
            assertThat(decoded.schemaId()).isEqualTo(SchemaIds.of(USER));
        }
    }

    @Test
    void refusesWhatHasNoSuchHeader() {
        assertThat(refused("00000001").reason()).isEqualTo(Reason.TOO_SHORT);
        assertThat(refused("030000010206416461").reason()).isEqualTo(Reason.WRONG_HEADER);
        assertThat(refused("00ffffffff06416461").reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(refused("000000010208416461").reason()).isEqualTo(Reason.TRUNCATED);
        assertThat(refused("00000001020641646100").reason()).isEqualTo(Reason.TRAILING_BYTES);
    }

    @Test
    void findsAnIdThatComesLaterButListsSeldom() throws IOException {
        ConfluentIds ids = ids();
        assertThatThrownBy(() -> ids.schemaOf(7)).isInstanceOf(UnknownSchemaException.class);
        Files.writeString(directory.resolve("user-v1.id"), "7");
        assertThatThrownBy(() -> ids.schemaOf(7)).hasMessageContaining("id 7");
        now += 6_000_000_000L;
        assertThat(ids.schemaOf(7)).isEqualTo(SchemaIds.of(USER));
    }

    @Test
    void refusesAnIdFileThatHoldsNoNumberOrOneThatIsTaken() throws IOException {
        Files.writeString(directory.resolve("other.id"), "258");
        assertThatThrownBy(this::ids).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("same id");
        Files.writeString(directory.resolve("other.id"), "x");
        assertThatThrownBy(this::ids).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("other.id");
    }

    private ConfluentIds ids() {
        return new ConfluentIds(new org.apache.flink.core.fs.Path(directory.toUri()), registry, () -> now);
    }

    private RecordDecoder decoder() {
        return RecordDecoder.confluent(new org.apache.flink.core.fs.Path(directory.toUri()), registry, USER);
    }

    private UndecodableException refused(String hex) {
        return catchThrowableOfType(
                UndecodableException.class, () -> decoder().decode(HexFormat.of().parseHex(hex), null));
    }
}
