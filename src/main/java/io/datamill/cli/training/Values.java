package io.datamill.cli.training;

import io.datamill.step.score.FieldPath;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Reads single values of rows: ids, groups and times. */
final class Values {
    private Values() {}

    /**
     * A field to be read as a text.
     *
     * @param option that names it, for the message
     * @throws IllegalArgumentException if there is no such field, or it holds other values
     */
    static FieldPath plain(Schema schema, String option, String field) {
        try {
            return FieldPath.to(schema, field, "a text, a number or a boolean", Values::isPlain);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    /** The same where the schema has it, else null. */
    static FieldPath ifThere(Schema schema, String field) {
        try {
            return FieldPath.to(schema, field, "", Values::isPlain);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** As people write it: whole numbers without a fraction. Null for null. */
    static String text(FieldPath path, Object[] values) {
        Object value = path == null ? null : path.value(values);
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            return Double.isFinite(number)
                    ? new BigDecimal(number).stripTrailingZeros().toPlainString()
                    : String.valueOf(number);
        }
        return value == null ? null : value.toString();
    }

    /**
     * Milliseconds since the epoch, from such a number or an ISO 8601 text with a zone.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static Long time(FieldPath path, Object[] values) {
        Object value = path == null ? null : path.value(values);
        if (value == null || value instanceof Number) {
            return value == null ? null : (Long) ((Number) value).longValue();
        }
        try {
            return Instant.parse(value.toString().toUpperCase(Locale.ROOT)).toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "a time is '" + value + "'; expected milliseconds since 1970 or such as 2026-01-31T09:00:00Z", e);
        }
    }

    private static boolean isPlain(Schema schema) {
        return switch (schema.getType()) {
            case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, ENUM ->
                !(schema.getLogicalType() instanceof LogicalTypes.TimestampMicros);
            default -> false;
        };
    }
}
