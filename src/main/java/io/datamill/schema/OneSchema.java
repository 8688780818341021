package io.datamill.schema;

import java.util.UUID;
import org.apache.avro.Schema;

/** A registry of the one schema that a stream is written with. */
record OneSchema(UUID id, Schema schema) implements SchemaRegistry {

    OneSchema(Schema schema) {
        this(SchemaIds.of(schema), schema);
    }

    @Override
    public UUID register(String name, Schema other) {
        throw new UnsupportedOperationException("the schema " + id + " is the only one");
    }

    @Override
    public Schema byId(UUID wanted) {
        if (!id.equals(wanted)) {
            throw UnknownSchemaException.ofId(wanted, "a stream of " + id + " only");
        }
        return schema;
    }

    @Override
    public Schema byName(String name) {
        throw UnknownSchemaException.ofName(name, "a stream of one schema", java.util.List.of());
    }
}
