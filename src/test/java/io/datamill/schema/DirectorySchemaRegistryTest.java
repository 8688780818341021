package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySchemaRegistryTest {
    private static final Schema ONE =
            SchemaBuilder.record("A").fields().requiredString("x").endRecord();
    private static final Schema TWO =
            SchemaBuilder.record("A").fields().requiredString("y").endRecord();

    @TempDir
    private Path directory;

    private final AtomicLong now = new AtomicLong();

    @Test
    void registeringGivesTheSameIdEachTimeAndAnotherProcessFindsIt() {
        UUID id = open().register("a-v1", ONE);

        assertThat(open().register("a-v1", ONE)).isEqualTo(id);
        assertThat(open().byId(id)).isEqualTo(ONE);
        assertThat(open().byName("a-v1")).isEqualTo(ONE);
        assertThat(new RegistryLocation(directory.toString()).open().byId(id)).isEqualTo(ONE);
    }

    @Test
    void aNameNeverChangesItsSchema() {
        open().register("a-v1", ONE);

        assertThatThrownBy(() -> open().register("a-v1", TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("register this one under a new name");
    }

    @Test
    void refusesANameThatLeavesTheDirectory() {
        assertThatThrownBy(() -> open().register("../a", ONE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsASchemaThatWasAddedLaterOnceTheWaitIsOver() {
        SchemaRegistry registry = open();
        UUID id = open().register("a-v1", ONE);

        assertThatThrownBy(() -> registry.byId(id)).isInstanceOf(UnknownSchemaException.class);
        now.addAndGet(5_000_000_000L);
        assertThat(registry.byId(id)).isEqualTo(ONE);
    }

    @Test
    void aFloodOfUnknownIdsDoesNotListTheDirectoryAgain() throws IOException {
        SchemaRegistry registry = open();
        Files.delete(directory); // any listing would fail from here on

        for (int i = 0; i < 1000; i++) {
            assertThatThrownBy(() -> registry.byId(UUID.randomUUID())).isInstanceOf(UnknownSchemaException.class);
        }
        now.addAndGet(5_000_000_000L);
        assertThatThrownBy(() -> registry.byId(UUID.randomUUID())).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void anUnknownNameSaysWhereItLookedAndWhatIsNear() {
        SchemaRegistry registry = open();
        registry.register("email-metadata-v1", ONE);
        registry.register("email-metadata-v2", TWO);

        assertThatThrownBy(() -> registry.byName("email-metdata-v2"))
                .isInstanceOf(UnknownSchemaException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageEndingWith("nearest: email-metadata-v2, email-metadata-v1");
        assertThatThrownBy(() -> registry.byId(new UUID(1, 2)))
                .hasMessageContaining("00000000-0000-0001-0000-000000000002");
    }

    @Test
    void aFileThatIsNoSchemaIsNamed() throws IOException {
        Files.writeString(directory.resolve("broken.avsc"), "{\"type\": \"recrod\"}");

        assertThatThrownBy(this::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.avsc");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() throws IOException {
        Files.delete(directory);

        assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class).hasMessageContaining("registry");
    }

    private SchemaRegistry open() {
        return new DirectorySchemaRegistry(new org.apache.flink.core.fs.Path(directory.toUri()), now::get);
    }
}
