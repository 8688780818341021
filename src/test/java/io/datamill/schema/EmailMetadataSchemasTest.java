package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.flink.core.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailMetadataSchemasTest {
    private final SchemaRegistry registry =
            new DirectorySchemaRegistry(new Path("kinesis-fixtures/email-metadata/schemas"));

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void eachVersionReadsTheOneBefore(int version) {
        assertThat(compatibility(version, version - 1)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theLastVersionReadsAllOfThemButNoneReadsIt(int version) {
        assertThat(compatibility(4, version)).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(compatibility(version, 4)).isEqualTo(SchemaCompatibilityType.INCOMPATIBLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void bytesOfAnOldVersionDecodeAsTheLast(int version) throws UndecodableException {
        GenericRecord read = read(version, 4);

        assertThat(read.get("event_id")).isEqualTo("e1");
        assertThat(read.get("from_domain")).isEqualTo("example.org");
        assertThat(read.get("from_address")).isEqualTo("ann@example.org");
        assertThat(read.get("received_at")).isEqualTo(1_700_000_000_000L);
        assertThat(read.get("size_bytes")).isEqualTo(4711L);
        assertThat(read.get("attachment_count")).isEqualTo(2);
        assertThat(read.get("sender_ip")).isEqualTo("192.0.2.1");
        assertThat(read.get("spf")).isEqualTo(version == 1 ? null : "pass");
        assertThat(read.get("url_domains")).isEqualTo(version == 1 ? List.of() : List.of("example.com"));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void bytesOfEachVersionDecodeAsTheNext(int version) throws UndecodableException {
        String domain = version == 2 ? "sender_domain" : "from_domain";

        assertThat(read(version - 1, version).get(domain)).isEqualTo("example.org");
    }

    @Test
    void peekingReadsRenamedFieldsOfEveryVersion() throws UndecodableException {
        Schema v4 = registry.byName("email-metadata-v4");
        List<String> fields = List.of("org_id", "from_domain", "received_at");
        try (RecordDecoder peek = RecordDecoder.peeking(registry, v4, fields)) {
            for (int version = 1; version <= 4; version++) {
                GenericRecord seen = peek.decode(framed(version), null).record();
                assertThat(seen.getSchema().getFields()).hasSize(3);
                assertThat(seen.get("org_id")).isEqualTo("acme");
                assertThat(seen.get("from_domain")).isEqualTo("example.org");
            }
        }
    }

    private SchemaCompatibilityType compatibility(int reader, int writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(schema(reader), schema(writer))
                .getType();
    }

    private GenericRecord read(int writer, int reader) throws UndecodableException {
        try (RecordDecoder decoder = RecordDecoder.full(registry, schema(reader))) {
            return decoder.decode(framed(writer), null).record();
        }
    }

    private byte[] framed(int version) {
        Schema schema = schema(version);
        UUID id = registry.register("email-metadata-v" + version, schema);
        return new RecordEncoder(id, schema, false).encode(record(schema));
    }

    private Schema schema(int version) {
        return registry.byName("email-metadata-v" + version);
    }

    private static GenericRecord record(Schema schema) {
        Map<String, Object> values = Map.ofEntries(
                Map.entry("event_id", "e1"),
                Map.entry("org_id", "acme"),
                Map.entry("sensor_id", "s1"),
                Map.entry("received_at", 1_700_000_000_000L),
                Map.entry("sender_address", "ann@example.org"),
                Map.entry("sender_domain", "example.org"),
                Map.entry("from_address", "ann@example.org"),
                Map.entry("from_domain", "example.org"),
                Map.entry("recipients", List.of("bob@example.net")),
                Map.entry("recipient_count", 1),
                Map.entry("hop_count", 0),
                Map.entry("sender_ip", "192.0.2.1"),
                Map.entry("spf", "pass"),
                Map.entry("attachment_count", 2),
                Map.entry("url_count", 1),
                Map.entry("url_domains", List.of("example.com")),
                Map.entry("size_bytes", size(schema)));
        GenericRecordBuilder builder = new GenericRecordBuilder(schema);
        builder.set("hops", new GenericData.Array<>(0, schema.getField("hops").schema()));
        builder.set("attachments", List.of());
        values.forEach((name, value) -> {
            if (schema.getField(name) != null) {
                builder.set(name, value);
            }
        });
        return builder.build();
    }

    private static Object size(Schema schema) {
        boolean isLong = schema.getField("size_bytes").schema().getType() == Schema.Type.LONG;
        return isLong ? (Object) 4711L : (Object) 4711;
    }
}
