package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What AWS's own serializers wrote, read by ours. */
class GlueVectorsTest {
    private static final String ROOT = "glue-schema-registry/";

    @Test
    void vectorsOfTheGlueClientDecodeAndEncodeToTheSameBytes() throws Exception {
        JsonNode vectors = new ObjectMapper()
                .readTree(SharedData.find(ROOT + "wire_vectors.json").toFile());
        assertThat(vectors).isNotEmpty();
        try (WireFormat format = new WireFormat()) {
            for (JsonNode vector : vectors) {
                byte[] framed = HexFormat.of().parseHex(vector.get("hex").asText());
                Frame frame = format.decode(framed);
                byte[] payload =
                        HexFormat.of().parseHex(vector.get("payload_hex").asText());
                assertThat(frame.schemaId())
                        .hasToString(vector.get("schema_version_id").asText());
                assertThat(frame.length()).isEqualTo(payload.length);
                assertThat(WireFormat.encode(frame.schemaId(), payload)).isEqualTo(framed);
            }
        }
    }

    @Test
    void payloadsOfTheVectorsAreRecordsOfTheirSchema() throws Exception {
        Schema user = user();
        SchemaRegistry registry = new OneSchema(user);
        JsonNode vectors = new ObjectMapper()
                .readTree(SharedData.find(ROOT + "wire_vectors.json").toFile());
        try (RecordDecoder decoder = RecordDecoder.full(registry, user)) {
            byte[] first = HexFormat.of().parseHex(vectors.get(0).get("hex").asText());

            assertThat(decoder.decode(first, null).record())
                    .hasToString("{\"name\": \"test\", \"favorite_number\": 10, \"favorite_color\": \"violet\"}");
        }
    }

    private static Schema user() throws IOException {
        return new Schema.Parser()
                .parse(SharedData.find(ROOT + "common/src/test/java/resources/avro/user.avsc")
                        .toFile());
    }

    private record OneSchema(Schema schema) implements SchemaRegistry {
        @Override
        public UUID register(String name, Schema ignored) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public Schema byId(UUID id) {
            return schema;
        }

        @Override
        public Schema byName(String name) {
            return schema;
        }
    }
}
