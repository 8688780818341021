package io.datamill.registry;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Places in schemas, and types, as people name them. */
final class SchemaPath {
    private SchemaPath() {}

    /**
     * The field that Avro's location, such as {@code /fields/2/type/items/fields/0}, leads to: {@code a[].b}; empty for
     * the schema itself. {@code []} stands for the items of an array, <code>{}</code> for the values of a map.
     */
    static String of(Schema root, String location) {
        StringBuilder path = new StringBuilder();
        Schema at = root;
        List<String> parts = List.of(location.split("/"));
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            if (part.equals("fields") && i + 1 < parts.size()) {
                Schema.Field field =
                        branch(at, Schema.Type.RECORD).getFields().get(Integer.parseInt(parts.get(++i)));
                path.append(path.length() == 0 ? "" : ".").append(field.name());
                at = field.schema();
            } else if (part.equals("items")) {
                path.append("[]");
                at = branch(at, Schema.Type.ARRAY).getElementType();
            } else if (part.equals("values")) {
                path.append("{}");
                at = branch(at, Schema.Type.MAP).getValueType();
            }
        }
        return path.toString();
    }

    /** Avro names the branch of the one schema or of the other; what comes behind it tells which kind it is of. */
    private static Schema branch(Schema schema, Schema.Type type) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(branch -> branch.getType() == type)
                        .findFirst()
                        .orElse(schema)
                : schema;
    }

    /** The branch of a union that another schema would be read as by its kind and name. */
    static Optional<Schema> likeIn(Schema union, Schema other) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() == other.getType())
                .filter(branch -> !isNamed(branch) || branch.getName().equals(other.getName()))
                .findFirst();
    }

    private static boolean isNamed(Schema schema) {
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> true;
            default -> false;
        };
    }

    /** A type in a few words: {@code int}, {@code timestamp-millis}, {@code record A}, {@code null or string}. */
    static String type(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        if (logical != null) {
            return logical.getName();
        }
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getName();
            case UNION -> schema.getTypes().stream().map(SchemaPath::type).collect(Collectors.joining(" or "));
            case ARRAY -> "array of " + type(schema.getElementType());
            case MAP -> "map of " + type(schema.getValueType());
            default -> schema.getType().getName();
        };
    }
}
