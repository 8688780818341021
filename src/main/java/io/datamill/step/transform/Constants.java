package io.datamill.step.transform;

import io.datamill.schema.Decimals;
import io.datamill.step.FieldTypes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Constants as the YAML gives them, brought to the type of a field. */
final class Constants {
    private Constants() {}

    /**
     * The constant as Avro's generic representation.
     *
     * @param written a string, number or boolean
     * @throws IllegalArgumentException if it does not fit, saying what was expected
     */
    static Object of(Object written, Schema type) {
        Object value =
                FieldTypes.isTimestamp(type) && written instanceof String text ? instant(text) : plain(written, type);
        if (value == null) {
            throw new IllegalArgumentException(describe(written) + " is no " + FieldTypes.describe(type));
        }
        return value;
    }

    private static Object plain(Object written, Schema type) {
        if (type.getLogicalType() instanceof LogicalTypes.Date) {
            return written instanceof String text
                    ? found(new TimeText(DateTimeFormatter.ISO_LOCAL_DATE, null).date(text))
                    : null;
        }
        if (Decimals.type(type) != null) {
            BigDecimal number = NumberText.exact(String.valueOf(written));
            return number == null || written instanceof Boolean ? null : Decimals.write(number, Decimals.type(type));
        }
        // What has another logical type than a timestamp is more than its plain value.
        if (type.getLogicalType() != null && !FieldTypes.isTimestamp(type)) {
            return null;
        }
        return switch (type.getType()) {
            case STRING -> written instanceof String ? written : null;
            case BOOLEAN -> written instanceof Boolean ? written : null;
            case INT -> written instanceof Integer ? written : null;
            case LONG -> isWhole(written) ? (Long) ((Number) written).longValue() : null;
            case FLOAT -> written instanceof Number number ? (Float) number.floatValue() : null;
            case DOUBLE -> written instanceof Number number ? (Double) number.doubleValue() : null;
            case ENUM ->
                written instanceof String symbol && type.hasEnumSymbol(symbol)
                        ? new GenericData.EnumSymbol(type, symbol)
                        : null;
            default -> null;
        };
    }

    private static Object found(Object converted) {
        return converted == Conversion.FAILED ? null : converted;
    }

    private static boolean isWhole(Object written) {
        return written instanceof Integer || written instanceof Long;
    }

    private static Long instant(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String describe(Object written) {
        if (written == null) {
            return "null";
        }
        return written instanceof String ? "the string '" + written + "'" : written.toString();
    }
}
