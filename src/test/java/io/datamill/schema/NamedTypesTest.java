package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

class NamedTypesTest {
    private static final Schema SHORT = SchemaBuilder.record("Address")
            .namespace("test")
            .fields()
            .requiredString("city")
            .endRecord();
    private static final Schema LONG = SchemaBuilder.record("Address")
            .namespace("test")
            .fields()
            .requiredString("city")
            .optionalString("street")
            .endRecord();

    @Test
    void tellsTwoTypesOfOneName() {
        Schema event = event(SHORT, Schema.createArray(LONG));

        assertThat(NamedTypes.clash(event))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("'home' and 'work[]' are of two types of one name, test.Address; "));
    }

    @Test
    void oneTypeMayStandInManyPlacesHoweverItsStringsAreRead() {
        assertThat(NamedTypes.clash(event(SHORT, ReaderSchemas.withJavaStrings(SHORT))))
                .isEmpty();
    }

    @Test
    void aTypeMayHoldItself() {
        Schema tree = new Schema.Parser().parse("""
                {"type": "record", "name": "Tree", "fields": [{"name": "below", "type": {"type": "array", "items": "Tree"}}]}
                """);

        assertThat(NamedTypes.clash(tree)).isEmpty();
        assertThat(NamedTypes.clash(event(tree, tree))).isEmpty();
    }

    private static Schema event(Schema home, Schema work) {
        return SchemaBuilder.record("Event")
                .fields()
                .name("home")
                .type(home)
                .noDefault()
                .name("work")
                .type(work)
                .noDefault()
                .endRecord();
    }
}
