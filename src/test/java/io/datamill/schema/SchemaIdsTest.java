package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaIdsTest {
    private static final String SCHEMA = """
            {"type": "record", "name": "A", "fields": [
              {"name": "t", "type": {"type": "long", "logicalType": "timestamp-millis"}, "aliases": ["u"]},
              {"name": "d", "type": {"type": "map", "values": "string"}, "default": {"doc": "x"}}]}""";

    @Test
    void theIdOfASchemaIsFixedForEver() {
        // Records that are kept for years carry it: a change here makes them unreadable.
        assertThat(id(SCHEMA)).hasToString("a6dcd8f8-eafe-8994-8f2e-aafa17a48cce");
    }

    @Test
    void docsAndKeyOrderAndJavaStringsDoNotChangeTheId() {
        String other = SCHEMA.replace(
                        "{\"type\": \"record\", \"name\": \"A\"",
                        "{\"doc\": \"d\", \"name\": \"A\", \"type\": \"record\"")
                .replace(
                        "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}",
                        "{\"logicalType\": \"timestamp-millis\", \"type\": \"long\"}")
                .replace("\"string\"", "{\"type\": \"string\", \"avro.java.string\": \"String\"}");

        assertThat(other).isNotEqualTo(SCHEMA);
        assertThat(id(other)).isEqualTo(id(SCHEMA));
        assertThat(SchemaIds.of(ReaderSchemas.withJavaStrings(new Schema.Parser().parse(SCHEMA))))
                .isEqualTo(id(SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp-millis/timestamp-micros", "\"u\"/\"w\"", "{\"doc\": \"x\"}/{\"doc\": \"y\"}"})
    void aliasesDefaultsAndLogicalTypesChangeTheId(String change) {
        String[] parts = change.split("/", 2);

        assertThat(id(SCHEMA.replace(parts[0], parts[1]))).isNotEqualTo(id(SCHEMA));
    }

    private static UUID id(String json) {
        return SchemaIds.of(new Schema.Parser().parse(json));
    }
}
