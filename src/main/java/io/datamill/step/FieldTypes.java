package io.datamill.step;

import io.datamill.schema.TypeText;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Questions about the schema of a field. */
public final class FieldTypes {
    private FieldTypes() {}

    /** The type of the field's values: of a nullable one, that beside null. A union of more is returned as it is. */
    public static Schema withoutNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION || !schema.isNullable()) {
            return schema;
        }
        List<Schema> rest = schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
        return rest.size() == 1 ? rest.get(0) : schema;
    }

    /** The same, and null. */
    public static Schema nullable(Schema schema) {
        return TypeText.nullable(schema);
    }

    /** Whether the field holds milliseconds since the epoch, marked as such; also a nullable one. */
    public static boolean isTimestamp(Schema schema) {
        return LogicalTypes.timestampMillis().equals(withoutNull(schema).getLogicalType());
    }

    /** Whether the field holds strings; also a nullable one. */
    public static boolean isString(Schema schema) {
        return withoutNull(schema).getType() == Schema.Type.STRING;
    }

    /** As a message shows it: {@code int}, {@code string?}; see {@link TypeText}. */
    public static String describe(Schema schema) {
        return TypeText.of(schema);
    }
}
