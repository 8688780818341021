package io.datamill.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Types as a person writes and reads them: {@code string}, {@code long?}, {@code decimal(10,2)}, {@code enum(a,b)},
 * {@code array<string>}, {@code map<int?>}. A question mark lets a value be null.
 */
public final class TypeText {
    private static final Map<String, Schema> PLAIN = Map.of(
            "int", Schema.create(Schema.Type.INT),
            "long", Schema.create(Schema.Type.LONG),
            "double", Schema.create(Schema.Type.DOUBLE),
            "string", ReaderSchemas.withJavaStrings(Schema.create(Schema.Type.STRING)),
            "bytes", Schema.create(Schema.Type.BYTES),
            "boolean", Schema.create(Schema.Type.BOOLEAN),
            "timestamp", LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)),
            "date", LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT)));

    private static final Pattern WITH_ARGUMENT = Pattern.compile("(decimal|enum)\\((.*)\\)|(array|map)<(.+)>");
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,2})(?:,(\\d{1,2}))?");
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int MAX_PRECISION = 38;

    private TypeText() {}

    /**
     * The Avro schema of a type as written; a decimal is of bytes, with at most {@value #MAX_PRECISION} digits.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Schema parse(String text) {
        String type = text.replace(" ", "");
        if (type.endsWith("?")) {
            Schema present = parse(type.substring(0, type.length() - 1));
            return present.isNullable() ? present : nullable(present);
        }
        Schema plain = PLAIN.get(type);
        if (plain != null) {
            return plain;
        }
        Matcher matcher = WITH_ARGUMENT.matcher(type);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "expected one of int, long, double, decimal(10,2), string, bytes, boolean,"
                            + " timestamp, date, enum(a,b), array<string>, map<string>, with ? behind it where it may be null,"
                            + " but read '" + text + "'");
        }
        if (matcher.group(3) != null) {
            Schema element = parse(matcher.group(4));
            return ReaderSchemas.withJavaStrings(
                    matcher.group(3).equals("array") ? Schema.createArray(element) : Schema.createMap(element));
        }
        return matcher.group(1).equals("enum") ? enumeration(matcher.group(2)) : decimal(matcher.group(2));
    }

    /** The same, and null, which is its default. */
    public static Schema nullable(Schema schema) {
        if (schema.isNullable()) {
            return schema;
        }
        List<Schema> branches = new ArrayList<>(List.of(Schema.create(Schema.Type.NULL)));
        branches.addAll(schema.isUnion() ? schema.getTypes() : List.of(schema));
        return Schema.createUnion(branches);
    }

    /** A type as {@link #parse} reads it; records, unions and what else has no text by their fields or branches. */
    public static String of(Schema schema) {
        return of(schema, List.of());
    }

    /** @param around the names of the records that the type is part of: inside itself a record is told by its name */
    private static String of(Schema schema, List<String> around) {
        if (schema.isUnion()) {
            List<Schema> present = schema.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL)
                    .toList();
            String types = present.stream().map(branch -> of(branch, around)).collect(Collectors.joining(" or "));
            return schema.isNullable() ? types + '?' : types;
        }
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return "decimal(" + decimal.getPrecision() + ',' + decimal.getScale() + ')';
        }
        if (schema.getLogicalType() != null) {
            return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                    ? "timestamp"
                    : schema.getLogicalType().getName();
        }
        return switch (schema.getType()) {
            case ENUM -> "enum(" + String.join(",", schema.getEnumSymbols()) + ')';
            case ARRAY -> "array<" + of(schema.getElementType(), around) + '>';
            case MAP -> "map<" + of(schema.getValueType(), around) + '>';
            case RECORD -> record(schema, around);
            default -> schema.getType().getName();
        };
    }

    private static String record(Schema schema, List<String> around) {
        if (around.contains(schema.getFullName())) {
            return schema.getName();
        }
        List<String> within = new ArrayList<>(around);
        within.add(schema.getFullName());
        return schema.getFields().stream()
                .map(field -> field.name() + ": " + of(field.schema(), within))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Schema enumeration(String symbols) {
        List<String> found = new ArrayList<>();
        for (String symbol : Arrays.asList(symbols.split(",", -1))) {
            if (!SYMBOL.matcher(symbol).matches() || found.contains(symbol)) {
                throw new IllegalArgumentException(
                        "enum: expected names of letters, digits and _, each once, but read '" + symbol + "'");
            }
            found.add(symbol);
        }
        // One enum under one name, however often it is written; another set of symbols has another name.
        return Schema.createEnum("Enum_" + String.join("_", found), null, "io.datamill.fields", found);
    }

    private static Schema decimal(String argument) {
        Matcher digits = DECIMAL.matcher(argument);
        if (digits.matches()) {
            int precision = Integer.parseInt(digits.group(1));
            int scale = digits.group(2) == null ? 0 : Integer.parseInt(digits.group(2));
            if (precision >= 1 && precision <= MAX_PRECISION && scale <= precision) {
                return LogicalTypes.decimal(precision, scale).addToSchema(Schema.create(Schema.Type.BYTES));
            }
        }
        throw new IllegalArgumentException("decimal: expected digits and digits after the point, such as decimal(10,2),"
                + " at most " + MAX_PRECISION + " in all, but read '" + argument + "'");
    }
}
