package io.datamill.step.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Reference;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.SharedData;
import io.datamill.step.adapter.Avro.Format;
import io.datamill.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroFramingsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("user-v1.avsc"), """
                {"type": "record", "name": "User", "fields": [
                  {"name": "name", "type": "string"}, {"name": "age", "type": "int"}]}""");
        Files.writeString(directory.resolve("user-v2.avsc"), """
                {"type": "record", "name": "User", "fields": [
                  {"name": "name", "type": "string"}, {"name": "age", "type": "long"},
                  {"name": "town", "type": ["null", "string"], "default": null}]}""");
        Files.writeString(directory.resolve("user-v1.id"), "1");
        Files.writeString(directory.resolve("user-v2.id"), "2");
        Files.writeString(directory.resolve("colour.avsc"), """
                {"type": "enum", "name": "Colour", "symbols": ["RED"]}""");
    }

    @Test
    void readsConfluentRecordsOfAnOlderSchemaAsTheNewer() throws Exception {
        Adapter adapter = Parts.open(config(Format.CONFLUENT, "user-v2"));
        Parts parts = Parts.of(adapter, hex("0000000001" + "06416461" + "48"));
        assertThat(parts.event(0)).containsEntry("name", "Ada").containsEntry("age", 36L).containsEntry("town", null);
        assertThat(adapter.peekable()).isTrue();
        Adapter some = adapter.projected(List.of("age"));
        some.open();
        assertThat(Parts.of(some, hex("0000000001" + "06416461" + "48")).events()).containsExactly(List.of(36L));
        assertThatThrownBy(() -> Parts.of(adapter, hex("0000000009" + "06416461" + "48")))
                .isInstanceOfSatisfying(RejectedEventException.class, e -> assertThat(e.reason())
                        .isEqualTo("UNKNOWN_SCHEMA"));
    }

    @Test
    void readsBareDatumsOfTheReadersSchemaOrOfTheWritersNamed() throws Exception {
        Adapter same = Parts.open(config(Format.BARE, "user-v1"));
        assertThat(Parts.of(same, hex("0641646148")).event(0)).isEqualTo(Map.of("name", "Ada", "age", 36));
        Adapter evolved = Parts.open(new Avro.Config(Format.BARE, registry(), "user-v2", null, new Reference("user-v1")));
        assertThat(Parts.of(evolved, hex("0641646148")).events()).containsExactly(java.util.Arrays.asList("Ada", 36L, null));
        assertThatThrownBy(() -> Parts.of(same, hex("064164")))
                .isInstanceOfSatisfying(RejectedEventException.class, e -> assertThat(e.reason())
                        .isEqualTo("TRUNCATED"));
        assertThatThrownBy(() -> Parts.of(same, hex("064164614800"))).hasMessageContaining("1 bytes are left");
    }

    @Test
    void takesASchemaFromAFileAndTravelsWithoutIt() throws Exception {
        Reference file = new Reference(directory.resolve("user-v1.avsc").toString());
        Adapter planned = new Avro.Config(Format.BARE, null, null, file, null).plan((option, message) -> {
            throw new AssertionError(message);
        });
        Files.delete(directory.resolve("user-v1.avsc"));
        Adapter arrived = InstantiationUtil.clone(planned);
        arrived.open();
        assertThat(Parts.of(arrived, hex("0641646148")).event(0)).containsEntry("age", 36);
    }

    @Test
    void givesAnEventForEachDatumOfAContainerWithAPartThatItReadsAgain() throws Exception {
        Path data = SharedData.find("avro-share-test/share/test/data/weather-snappy.avro");
        Reference file = new Reference(SharedData.find("avro-share-test/share/test/schemas/weather.avsc")
                .toString());
        Adapter adapter = Parts.open(new Avro.Config(Format.CONTAINER, null, null, file, null));
        Parts parts = Parts.of(adapter, Files.readAllBytes(data));
        assertThat(parts.events()).hasSize(5).first().isEqualTo(List.of("011990-99999", -619524000000L, 0));
        for (int i = 0; i < 5; i++) {
            Parts alone = Parts.of(adapter, parts.part(i));
            assertThat(alone.events()).containsExactly(parts.events().get(i));
            assertThat(alone.part(0)).isSameAs(parts.part(i));
            assertThat(alone.writer(0)).isEqualTo(parts.writer(i));
        }
        Adapter some = adapter.projected(List.of("time"));
        some.open();
        assertThat(Parts.of(some, Files.readAllBytes(data)).events()).hasSize(5).first().isEqualTo(
                List.of(-619524000000L));
    }

    @Test
    void readsWhatAwsWroteBehindItsHeader() throws Exception {
        // The payload of GlueSchemaRegistryAvroSchemaCoderTest (wire_vectors.json), without its header.
        Reference user = new Reference(
                SharedData.find("glue-schema-registry/common/src/test/java/resources/avro/user.avsc")
                        .toString());
        Adapter adapter = Parts.open(new Avro.Config(Format.BARE, null, null, user, null));
        assertThat(Parts.of(adapter, hex("08746573740014000c76696f6c6574")).events())
                .containsExactly(List.of("test", 10, "violet"));
    }

    @Test
    void reportsSchemasThatDoNotFit() throws IOException {
        assertThat(Parts.problems(config(Format.CONTAINER, "user-v3"))).singleElement().asString()
                .startsWith("schema: no schema 'user-v3'");
        assertThat(Parts.problems(config(Format.BARE, "colour"))).containsExactly(
                "schema: 'colour' is of type ENUM, expected a record");
        assertThat(Parts.problems(new Avro.Config(Format.BARE, registry(), "user-v1", null, new Reference("user-v2"))))
                .singleElement().asString().startsWith("writer: User cannot be read as User");
        assertThat(Parts.problems(new Avro.Config(
                        Format.BARE, null, null, new Reference(directory.resolve("no.avsc").toString()), null)))
                .singleElement().asString().startsWith("file: cannot read");
        Files.writeString(directory.resolve("user-v2.id"), "1");
        assertThat(Parts.problems(config(Format.CONFLUENT, "user-v1"))).singleElement().asString()
                .startsWith("registry: ").contains("same id");
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        Reference any = new Reference("x");
        assertThatThrownBy(() -> new Avro.Config(null, null, "a", null, null)).hasMessageStartingWith("registry is");
        assertThatThrownBy(() -> new Avro.Config(null, any, null, null, null)).hasMessageStartingWith("schema is");
        assertThatThrownBy(() -> new Avro.Config(Format.REGISTRY, null, null, any, null)).hasMessageStartingWith("file");
        assertThatThrownBy(() -> new Avro.Config(Format.BARE, any, null, any, null)).hasMessageStartingWith("file");
        assertThatThrownBy(() -> new Avro.Config(Format.CONTAINER, any, "a", null, any)).hasMessageStartingWith("writer");
    }

    private Avro.Config config(Format format, String schema) {
        return new Avro.Config(format, registry(), schema, null, null);
    }

    private Reference registry() {
        return new Reference(directory.toString());
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
