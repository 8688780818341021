package io.datamill.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    private static final String X = "{\"name\": \"x\", \"type\": \"string\"}";
    private static final String Y = "{\"name\": \"y\", \"type\": \"int\"}";
    private static final String Y_DEFAULT = "{\"name\": \"y\", \"type\": \"int\", \"default\": 0}";

    /** Avro 1.11's rules for adding and removing fields with and without default. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adds a field with default      | x    | xd   | none backward backward-transitive forward forward-transitive full full-transitive
            adds a field without default   | x    | xy   | none forward forward-transitive
            removes a field with default   | xd   | x    | none backward backward-transitive forward forward-transitive full full-transitive
            removes a field without        | xy   | x    | none backward backward-transitive
            gives a field a default        | xy   | xd   | none backward backward-transitive forward forward-transitive full full-transitive
            removes x, adds y, no defaults | x    | y    | none
            """)
    void eachLevelAllowsItsEvolutions(String what, String before, String after, String allowing) {
        for (CompatibilityLevel level : CompatibilityLevel.values()) {
            assertThat(reasons(level, schema(after), schema(before)).isEmpty())
                    .as(what + ", " + level)
                    .isEqualTo(List.of(allowing.split(" ")).contains(level.toString()));
        }
    }

    /** Version 2 gave y a default and version 3 dropped it: each step is allowed, but version 1 has a y without one. */
    @Test
    void aTransitiveLevelLooksAtAllVersions() {
        Schema[] earlier = {schema("x"), schema("xd")};

        assertThat(reasons(CompatibilityLevel.BACKWARD, schema("xy"), earlier)).isEmpty();
        assertThat(reasons(CompatibilityLevel.BACKWARD_TRANSITIVE, schema("xy"), earlier))
                .containsExactly(
                        "the new schema cannot read version 1: field 'y' is not in version 1, and has no default"
                                + " in the new schema");

        Schema[] others = {schema("xy"), schema("xd")};
        assertThat(reasons(CompatibilityLevel.FORWARD, schema("x"), others)).isEmpty();
        assertThat(reasons(CompatibilityLevel.FORWARD_TRANSITIVE, schema("x"), others))
                .containsExactly("version 1 cannot read the new schema: field 'y' is not in the new schema, and has no"
                        + " default in version 1");
        assertThat(reasons(CompatibilityLevel.FULL, schema("x"), others)).isEmpty();
        assertThat(reasons(CompatibilityLevel.FULL_TRANSITIVE, schema("x"), others))
                .hasSize(1);
    }

    @Test
    void fullTellsTheReasonsOfBothDirections() {
        assertThat(reasons(CompatibilityLevel.FULL, schema("y"), schema("x")))
                .containsExactly(
                        "the new schema cannot read version 1: field 'y' is not in version 1, and has no default in the"
                                + " new schema",
                        "version 1 cannot read the new schema: field 'x' is not in the new schema, and has no default in"
                                + " version 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "int"                                               | "double"                                           | field 'f' is int in the new schema, but may be double in version 1
            {"type": "enum", "name": "E", "symbols": ["A"]}     | {"type": "enum", "name": "E", "symbols": ["A", "B"]} | field 'f' may be [B] of enum E in version 1, which the new schema does not have, nor a default for others
            {"type": "fixed", "name": "F", "size": 4}           | {"type": "fixed", "name": "F", "size": 8}          | field 'f' has 4 bytes in the new schema, but 8 in version 1
            {"type": "enum", "name": "E", "symbols": ["A"]}     | {"type": "enum", "name": "G", "symbols": ["A"]}    | field 'f' is enum E in the new schema, but enum G in version 1; a name must stay
            "string"                                            | ["null", "string"]                                 | field 'f' is string in the new schema, but may be null in version 1
            ["null", "int"]                                     | ["null", "string"]                                 | field 'f' is null or int in the new schema, but may be string in version 1
            {"type": "array", "items": "int"}                   | {"type": "array", "items": "string"}               | field 'f[]' is int in the new schema, but may be string in version 1
            {"type": "map", "values": "int"}                    | {"type": "map", "values": "string"}                | field 'f{}' is int in the new schema, but may be string in version 1
            {"type": "record", "name": "R", "fields": [{"name": "g", "type": "int"}]} | {"type": "record", "name": "R", "fields": []} | field 'f.g' is not in version 1, and has no default in the new schema
            ["null", {"type": "record", "name": "R", "fields": [{"name": "g", "type": "int"}]}] | ["null", {"type": "record", "name": "R", "fields": []}] | field 'f.g' is not in version 1, and has no default in the new schema
            {"type": "array", "items": ["null", {"type": "record", "name": "R", "fields": [{"name": "g", "type": "int"}]}]} | {"type": "array", "items": ["null", {"type": "record", "name": "R", "fields": []}]} | field 'f[].g' is not in version 1, and has no default in the new schema
            {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4} | field 'f' is decimal(9,2) in the new schema, but decimal(9,4) in version 1: the same number means another value
            ["null", {"type": "long", "logicalType": "timestamp-micros"}] | {"type": "long", "logicalType": "timestamp-millis"} | field 'f' is timestamp-micros in the new schema, but timestamp-millis in version 1: the same number means another value
            """)
    void saysWhichFieldAndWhy(String after, String before, String reason) {
        assertThat(reasons(CompatibilityLevel.BACKWARD, withField(after), withField(before)))
                .containsExactly("the new schema cannot read version 1: " + reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            "long"                                             | "int"
            "double"                                           | "float"
            ["null", "string"]                                 | "string"
            {"type": "long", "logicalType": "timestamp-millis"} | "long"
            {"type": "enum", "name": "E", "symbols": ["A", "O"], "default": "O"} | {"type": "enum", "name": "E", "symbols": ["A", "B"]}
            {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2} | {"type": "bytes", "logicalType": "decimal", "precision": 5, "scale": 2}
            """)
    void widensAsAvroDoes(String after, String before) {
        assertThat(reasons(CompatibilityLevel.BACKWARD, withField(after), withField(before)))
                .isEmpty();
    }

    @Test
    void aSchemaThatHoldsItselfIsCompared() {
        String list = "{\"type\": \"record\", \"name\": \"A\", \"fields\": [%s{\"name\": \"next\", \"type\":"
                + " [\"null\", \"A\"], \"default\": null}]}";
        Schema before = parse(list.formatted(""));
        Schema after = parse(list.formatted(Y + ", "));

        assertThat(reasons(CompatibilityLevel.FULL_TRANSITIVE, before, before)).isEmpty();
        assertThat(reasons(CompatibilityLevel.BACKWARD, after, before))
                .contains(
                        "the new schema cannot read version 1: field 'y' is not in version 1, and has no default in the"
                                + " new schema");
    }

    @Test
    void aFieldMayBeRenamedByAnAlias() {
        Schema renamed = parse("{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"z\", \"type\":"
                + " \"string\", \"aliases\": [\"x\"]}]}");

        assertThat(reasons(CompatibilityLevel.BACKWARD, renamed, schema("x"))).isEmpty();
        assertThat(reasons(CompatibilityLevel.FORWARD, renamed, schema("x"))).hasSize(1);
    }

    static List<String> reasons(CompatibilityLevel level, Schema candidate, Schema... earlier) {
        List<Version> versions = new ArrayList<>();
        for (Schema schema : earlier) {
            versions.add(new Version("s", versions.size() + 1, new UUID(0, versions.size()), schema));
        }
        return Compatibility.reasons(level, candidate, versions);
    }

    /** Of fields x, y without default, d for y with one. */
    private static Schema schema(String fields) {
        List<String> json = new ArrayList<>();
        fields.chars().forEach(field -> json.add(field == 'x' ? X : field == 'y' ? Y : Y_DEFAULT));
        return parse("{\"type\": \"record\", \"name\": \"A\", \"fields\": [" + String.join(",", json) + "]}");
    }

    private static Schema withField(String type) {
        return parse(
                "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"f\", \"type\": " + type + "}]}");
    }

    private static Schema parse(String json) {
        return new Schema.Parser().parse(json);
    }
}
