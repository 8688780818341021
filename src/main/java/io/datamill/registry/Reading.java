package io.datamill.registry;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Whether records written with one schema can be read with another, and if not, every reason in words.
 *
 * <p>Avro's SchemaCompatibility decides, as it does where a pipeline reads; but it loses the field's name behind a union
 * and stops at the first branch, so the reasons are found here. What it lets pass though values change their meaning is
 * refused, too: another unit of a time (millis, micros) and another scale of a decimal.
 */
final class Reading {
    private final String reader;
    private final String writer;
    private final Set<String> unreadable = new LinkedHashSet<>();
    private final Set<String> misread = new LinkedHashSet<>();
    private final Set<String> seen = new HashSet<>();

    /** @param reader what messages call the schema that reads */
    Reading(String reader, String writer) {
        this.reader = reader;
        this.writer = writer;
    }

    /** Empty if it can. */
    List<String> reasons(Schema read, Schema written) {
        compare(read, written, "");
        List<Incompatibility> found = incompatibilities(read, written);
        if (found.isEmpty()) {
            unreadable.clear();
        } else if (unreadable.isEmpty()) {
            found.forEach(one -> unreadable.add("at " + one.getLocation() + ": " + one.getMessage()));
        }
        return Stream.concat(unreadable.stream(), misread.stream())
                .map(reason -> reader + " cannot read " + writer + ": " + reason)
                .toList();
    }

    private void compare(Schema read, Schema written, String path) {
        if (written.isUnion()) {
            written.getTypes().forEach(branch -> compare(read, branch, path));
        } else if (read.isUnion()) {
            Optional<Schema> like = read.getTypes().stream()
                    .filter(branch -> isLike(branch, written))
                    .findFirst();
            if (like.isPresent()) {
                compare(like.get(), written, path);
            } else if (!incompatibilities(read, written).isEmpty()) {
                unreadable.add(differ(read, written, path));
            }
        } else if (read.getType() != written.getType()) {
            value(read, written, path);
        } else {
            switch (read.getType()) {
                case RECORD -> record(read, written, path);
                case ARRAY -> compare(read.getElementType(), written.getElementType(), path + "[]");
                case MAP -> compare(read.getValueType(), written.getValueType(), path + "{}");
                default -> value(read, written, path);
            }
        }
    }

    private void record(Schema read, Schema written, String path) {
        if (!read.getName().equals(written.getName())) {
            unreadable.add(renamed(read, written, path));
        }
        if (!seen.add(read.getFullName() + " " + written.getFullName())) {
            return; // a record that holds itself, or stands at several places
        }
        for (Schema.Field field : read.getFields()) {
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            Optional<Schema.Field> other = Stream.concat(Stream.of(field.name()), field.aliases().stream())
                    .map(written::getField)
                    .filter(found -> found != null)
                    .findFirst();
            if (other.isPresent()) {
                compare(field.schema(), other.get().schema(), name);
            } else if (!field.hasDefaultValue()) {
                unreadable.add("field '" + name + "' is not in " + writer + ", and has no default in " + reader);
            }
        }
    }

    private void value(Schema read, Schema written, String path) {
        List<Incompatibility> found = incompatibilities(read, written);
        for (Incompatibility one : found) {
            unreadable.add(
                    switch (one.getType()) {
                        case MISSING_ENUM_SYMBOLS ->
                            at(path) + "may be " + one.getMessage() + " of " + type(written) + " in " + writer
                                    + ", which " + reader + " does not have, nor a default for others";
                        case FIXED_SIZE_MISMATCH ->
                            at(path) + "has " + read.getFixedSize() + " bytes in " + reader + ", but "
                                    + written.getFixedSize() + " in " + writer;
                        case NAME_MISMATCH -> renamed(read, written, path);
                        default -> differ(read, written, path);
                    });
        }
        if (found.isEmpty() && meansOther(read.getLogicalType(), written.getLogicalType())) {
            misread.add(at(path) + "is " + type(read) + " in " + reader + ", but " + type(written) + " in " + writer
                    + ": the same number means another value");
        }
    }

    private String differ(Schema read, Schema written, String path) {
        return at(path) + "is " + type(read) + " in " + reader + ", but may be " + type(written) + " in " + writer;
    }

    private String renamed(Schema read, Schema written, String path) {
        return at(path) + "is " + type(read) + " in " + reader + ", but " + type(written) + " in " + writer
                + "; a name must stay";
    }

    private static String at(String path) {
        return path.isEmpty() ? "the whole " : "field '" + path + "' ";
    }

    private static boolean meansOther(LogicalType read, LogicalType written) {
        if (read == null || written == null) {
            return false; // A plain long that is called a time from now on holds what it held.
        }
        if (read instanceof LogicalTypes.Decimal one && written instanceof LogicalTypes.Decimal other) {
            return one.getScale() != other.getScale();
        }
        return !read.getName().equals(written.getName());
    }

    /** Whether a branch of a union is the one that is meant for a schema, whatever has become of it. */
    private static boolean isLike(Schema branch, Schema schema) {
        return branch.getType() == schema.getType()
                && switch (branch.getType()) {
                    case RECORD, ENUM, FIXED -> branch.getName().equals(schema.getName());
                    default -> true;
                };
    }

    private static List<Incompatibility> incompatibilities(Schema read, Schema written) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(read, written)
                .getResult();
        return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE
                ? List.of()
                : result.getIncompatibilities();
    }

    /** In a few words: {@code int}, {@code timestamp-millis}, {@code record A}, {@code null or string}. */
    private static String type(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + "," + decimal.getScale() + ")";
        }
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType().getName();
        }
        return switch (schema.getType()) {
            case RECORD, ENUM, FIXED -> schema.getType().getName() + " " + schema.getName();
            case UNION -> schema.getTypes().stream().map(Reading::type).collect(Collectors.joining(" or "));
            case ARRAY -> "array of " + type(schema.getElementType());
            case MAP -> "map of " + type(schema.getValueType());
            default -> schema.getType().getName();
        };
    }
}
