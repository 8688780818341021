package io.datamill.cli.training;

import io.datamill.schema.ReaderSchemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** One schema for files that were written over time: with every field of any, null where a file has none. */
final class Schemas {
    private Schemas() {}

    /** @throws IllegalArgumentException if two have a field of one name and types that do not fit */
    static Schema merged(Map<DataFile, Schema> schemas) {
        Schema merged = null;
        for (Map.Entry<DataFile, Schema> entry : schemas.entrySet()) {
            Schema next = ReaderSchemas.withJavaStrings(entry.getValue());
            if (next.getType() != Schema.Type.RECORD) {
                throw new IllegalArgumentException(entry.getKey() + ": its values are no records");
            }
            if (merged != null && !merged.equals(next)) {
                next = both(merged, next, entry.getKey() + ": field ");
            }
            merged = next;
        }
        return merged;
    }

    /** The schema under the name of another, so that Avro takes one for an evolution of the other. */
    static Schema named(Schema schema, Schema like) {
        return record(like, schema.getFields());
    }

    static Object[] values(GenericRecord row) {
        Object[] values = new Object[row.getSchema().getFields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }

    private static Schema both(Schema one, Schema other, String where) {
        Map<String, Schema.Field> fields = new LinkedHashMap<>();
        for (Schema.Field field : one.getFields()) {
            Schema.Field same = other.getField(field.name());
            Schema type = same == null
                    ? nullable(field.schema())
                    : fitting(field.schema(), same.schema(), where + "'" + field.name() + "'");
            fields.put(field.name(), field(field.name(), type));
        }
        other.getFields()
                .forEach(field -> fields.computeIfAbsent(field.name(), name -> field(name, nullable(field.schema()))));
        return record(one, List.copyOf(fields.values()));
    }

    private static Schema fitting(Schema one, Schema other, String where) {
        if (one.equals(other)) {
            return one;
        }
        boolean nullable = one.isNullable() || other.isNullable();
        Schema present = present(one);
        Schema otherPresent = present(other);
        Schema type;
        if (present.equals(otherPresent)) {
            type = present;
        } else if (present.getType() == Schema.Type.RECORD && otherPresent.getType() == Schema.Type.RECORD) {
            type = both(present, otherPresent, where + ".");
        } else {
            type = wider(present, otherPresent);
        }
        if (type == null) {
            throw new IllegalArgumentException(where + " is " + other + ", but " + one + " in the files before it");
        }
        return nullable ? nullable(type) : type;
    }

    /** The number that holds both; null where they are none. */
    private static Schema wider(Schema one, Schema other) {
        List<Schema.Type> widths = List.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
        int width = widths.indexOf(one.getType());
        int otherWidth = widths.indexOf(other.getType());
        boolean plain = one.getLogicalType() == null && other.getLogicalType() == null;
        return width < 0 || otherWidth < 0 || !plain ? null : width > otherWidth ? one : other;
    }

    private static Schema present(Schema schema) {
        return schema.isUnion() && schema.getTypes().size() == 2 && schema.isNullable()
                ? schema.getTypes().get(schema.getTypes().get(0).getType() == Schema.Type.NULL ? 1 : 0)
                : schema;
    }

    /** Null first, as its default asks. */
    private static Schema nullable(Schema schema) {
        if (!schema.isUnion()) {
            return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
        }
        List<Schema> types = new ArrayList<>(schema.getTypes());
        types.removeIf(type -> type.getType() == Schema.Type.NULL);
        types.add(0, Schema.create(Schema.Type.NULL));
        return Schema.createUnion(types);
    }

    private static Schema record(Schema like, List<Schema.Field> fields) {
        List<Schema.Field> copies = fields.stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), like.isError(), copies);
    }

    private static Schema.Field field(String name, Schema type) {
        boolean absent = type.isUnion() && type.getTypes().get(0).getType() == Schema.Type.NULL;
        return absent
                ? new Schema.Field(name, type, null, Schema.Field.NULL_DEFAULT_VALUE)
                : new Schema.Field(name, type);
    }
}
