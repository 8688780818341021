package io.datamill.step.join;

import io.datamill.step.FieldTypes;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * The columns that a lookup takes from a table, as a record of nullable fields.
 *
 * @param schema of the record
 */
record Taken(Schema schema) implements Serializable {

    /** @param fields each of a plain type */
    static Taken of(String name, Schema fields) {
        List<Schema.Field> nullable = new ArrayList<>();
        fields.getFields()
                .forEach(field -> nullable.add(new Schema.Field(field.name(), FieldTypes.nullable(field.schema()))));
        return new Taken(Schema.createRecord(name, null, "io.datamill.lookup", false, nullable));
    }

    /** Whether a column can be taken as this type, which is without null. */
    static boolean canBe(Schema type) {
        return switch (type.getType()) {
            case STRING, BOOLEAN, ENUM, INT, LONG, DOUBLE -> true;
            default -> type.getLogicalType() instanceof LogicalTypes.Decimal;
        };
    }

    List<String> columns() {
        return schema.getFields().stream().map(Schema.Field::name).toList();
    }

    /** The type of a column, without null. */
    Schema type(int column) {
        return FieldTypes.withoutNull(schema.getFields().get(column).schema());
    }

    /**
     * The value of a cell of text; an empty one is null.
     *
     * @throws RuntimeException if it is none of the column's type
     */
    Object parse(int column, String text) {
        if (text.isEmpty()) {
            return null;
        }
        Schema type = type(column);
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decimal(new BigDecimal(text), decimal);
        }
        if (type.getLogicalType() instanceof LogicalTypes.Date) {
            return Math.toIntExact(LocalDate.parse(text).toEpochDay());
        }
        if (FieldTypes.isTimestamp(type)) {
            return Instant.parse(text).toEpochMilli();
        }
        return switch (type.getType()) {
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> bool(text);
            case ENUM -> symbol(type, text);
            default -> text;
        };
    }

    /** @throws ArithmeticException if it has more digits behind the point than the type, or more in all */
    static ByteBuffer decimal(BigDecimal number, LogicalTypes.Decimal type) {
        BigDecimal scaled = number.setScale(type.getScale());
        if (scaled.precision() > type.getPrecision()) {
            throw new ArithmeticException("more than " + type.getPrecision() + " digits");
        }
        return ByteBuffer.wrap(scaled.unscaledValue().toByteArray());
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("expected true or false");
        };
    }

    static Object symbol(Schema type, String text) {
        if (!type.hasEnumSymbol(text)) {
            throw new IllegalArgumentException("expected one of " + type.getEnumSymbols());
        }
        return new GenericData.EnumSymbol(type, text);
    }
}
