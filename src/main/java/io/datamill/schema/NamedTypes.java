package io.datamill.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Finds two types of one name in a schema. Avro takes the second for the first, so that values would be written as
 * something they are not, and no text of such a schema can be read again.
 */
public final class NamedTypes {
    private record Seen(Schema type, String path) {}

    private final Map<String, Seen> seen = new HashMap<>();

    private NamedTypes() {}

    /** What to tell of the first two; empty where each name stands for one type. */
    public static Optional<String> clash(Schema schema) {
        return new NamedTypes().find(schema, "");
    }

    private Optional<String> find(Schema schema, String path) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> named(schema, path);
            case ARRAY -> find(schema.getElementType(), path + "[]");
            case MAP -> find(schema.getValueType(), path + "{}");
            case UNION ->
                schema.getTypes().stream()
                        .flatMap(branch -> find(branch, path).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private Optional<String> named(Schema schema, String path) {
        Seen before = seen.putIfAbsent(schema.getFullName(), new Seen(schema, path));
        if (before != null) {
            return same(before.type, schema) ? Optional.empty() : Optional.of(message(schema, before.path, path));
        }
        return schema.getType() != Schema.Type.RECORD
                ? Optional.empty()
                : schema.getFields().stream()
                        .flatMap(field ->
                                find(field.schema(), path.isEmpty() ? field.name() : path + '.' + field.name())
                                        .stream())
                        .findFirst();
    }

    /** However their strings are to be read. */
    private static boolean same(Schema one, Schema other) {
        return ReaderSchemas.withJavaStrings(one).equals(ReaderSchemas.withJavaStrings(other));
    }

    private static String message(Schema schema, String first, String second) {
        String one = first.isEmpty() ? "the event" : "'" + first + "'";
        return one + " and '" + second + "' are of two types of one name, " + schema.getFullName()
                + "; take the fields that are needed out of one of them and drop it before";
    }
}
