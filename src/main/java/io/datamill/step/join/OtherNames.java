package io.datamill.step.join;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Gives the types of another input names of their own: a record of the same name may stand in the stream with other
 * fields, and Avro knows a type by its name. What is written with the one schema is read with the other.
 */
final class OtherNames {
    private final String namespace;
    private final Map<String, Schema> done = new HashMap<>();

    private OtherNames(String namespace) {
        this.namespace = namespace;
    }

    /** The record a join adds. */
    static Schema of(String field, Schema record) {
        return new OtherNames("io.datamill.join." + field).renamed(record);
    }

    private Schema renamed(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case ARRAY -> withProps(schema, Schema.createArray(renamed(schema.getElementType())));
            case MAP -> withProps(schema, Schema.createMap(renamed(schema.getValueType())));
            case UNION ->
                Schema.createUnion(
                        schema.getTypes().stream().map(this::renamed).toList());
            case ENUM ->
                withProps(
                        schema,
                        Schema.createEnum(name(schema), schema.getDoc(), namespace, schema.getEnumSymbols()));
            case FIXED -> fixed(schema);
            default -> schema;
        };
    }

    private Schema record(Schema schema) {
        Schema known = done.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        Schema copy = withProps(schema, Schema.createRecord(name(schema), schema.getDoc(), namespace, false));
        done.put(schema.getFullName(), copy); // before its fields, which may name it
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Schema.Field(field.name(), renamed(field.schema()))));
        copy.setFields(fields);
        return copy;
    }

    private Schema fixed(Schema schema) {
        Schema copy = Schema.createFixed(name(schema), schema.getDoc(), namespace, schema.getFixedSize());
        withProps(schema, copy);
        if (schema.getLogicalType() != null) {
            schema.getLogicalType().addToSchema(copy);
        }
        return copy;
    }

    /** Two types may differ in their namespace only. */
    private static String name(Schema schema) {
        return schema.getFullName().replace('.', '_');
    }

    private static Schema withProps(Schema from, Schema to) {
        from.getObjectProps().forEach((name, value) -> {
            if (to.getObjectProp(name) == null) {
                to.addProp(name, value);
            }
        });
        return to;
    }
}
