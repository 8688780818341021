package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;
import io.datamill.step.FieldTypes;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Brings text to the type of one field, as an {@link io.datamill.event.Event} holds it. Everything that can be is
 * compiled when it is made, in {@code open()}: it does not travel. Nothing is trimmed or guessed: what is not wholly of
 * the type is a reject.
 */
@FunctionalInterface
public interface TextValue {

    /** @throws RejectedEventException WRONG_TYPE, OUT_OF_RANGE or MALFORMED_TEXT, with the field and what was read */
    Object read(String text) throws RejectedEventException;

    /**
     * The converter for a field: int, long and double in digits, decimal exactly, boolean as true or false, timestamp and
     * date as {@link TimeFormat} has them, enum by its symbol, bytes in base64, string.
     *
     * @param field its path, for messages
     * @param schema the field's; a nullable one is read as if it were not
     * @param format of a timestamp or date, or null
     * @throws IllegalArgumentException if no text can have that type, or the format is none
     */
    static TextValue of(String field, Schema schema, String format) {
        Schema type = FieldTypes.withoutNull(schema);
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decimal(field, type, decimal);
        }
        if (FieldTypes.isTimestamp(type)) {
            return timestamp(field, new TimeFormat(format));
        }
        if (type.getLogicalType() instanceof LogicalTypes.Date) {
            return date(field, format);
        }
        if (format != null) {
            throw new IllegalArgumentException(
                    "'" + format + "' is a format, which " + FieldTypes.describe(type) + " has not");
        }
        return switch (type.getType()) {
            case STRING -> text -> text;
            case INT -> int32(field);
            case LONG -> int64(field);
            case DOUBLE -> real(field);
            case BOOLEAN -> bool(field);
            case ENUM -> symbol(field, type);
            case BYTES -> bytes(field);
            default ->
                throw new IllegalArgumentException(
                        "text is no " + FieldTypes.describe(type) + "; give one of int, long, double, decimal, boolean,"
                                + " timestamp, date, enum, bytes, string");
        };
    }

    private static TextValue int32(String field) {
        return text -> (int) whole(field, text, "int", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static TextValue int64(String field) {
        return text -> whole(field, text, "long", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    private static long whole(String field, String text, String type, long least, long most)
            throws RejectedEventException {
        if (!Numerals.isWhole(text)) {
            throw wrong(field, text, type);
        }
        Long value = Numerals.whole(text, least, most);
        if (value == null) {
            throw outOfRange(field, text, type);
        }
        return value;
    }

    private static TextValue real(String field) {
        return text -> {
            if (!Numerals.isNumber(text)) {
                throw wrong(field, text, "double");
            }
            Double value = Numerals.real(text);
            if (value == null) {
                throw outOfRange(field, text, "double");
            }
            return value;
        };
    }

    private static TextValue decimal(String field, Schema type, LogicalTypes.Decimal decimal) {
        String expected = FieldTypes.describe(type);
        return text -> {
            if (!Numerals.isNumber(text)) {
                throw wrong(field, text, expected);
            }
            ByteBuffer value = Numerals.decimal(text, decimal.getPrecision(), decimal.getScale());
            if (value == null) {
                throw outOfRange(field, text, expected);
            }
            return value;
        };
    }

    private static TextValue bool(String field) {
        return text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(field, text, "true or false");
        };
    }

    private static TextValue timestamp(String field, TimeFormat format) {
        String expected = format.expected();
        return text -> {
            Long millis = format.millis(text);
            if (millis == null) {
                throw wrong(field, text, expected);
            }
            return millis;
        };
    }

    private static TextValue date(String field, String pattern) {
        if (TimeFormat.isEpoch(pattern)) {
            throw new IllegalArgumentException("'" + pattern + "' is a format of timestamps, not of dates");
        }
        TimeFormat format = new TimeFormat(pattern);
        String expected = format.expectedDate();
        return text -> {
            Integer day = format.day(text);
            if (day == null) {
                throw wrong(field, text, expected);
            }
            return day;
        };
    }

    private static TextValue symbol(String field, Schema type) {
        Map<String, GenericData.EnumSymbol> symbols = new HashMap<>();
        type.getEnumSymbols().forEach(symbol -> symbols.put(symbol, new GenericData.EnumSymbol(type, symbol)));
        String expected = "one of " + String.join(", ", type.getEnumSymbols());
        return text -> {
            GenericData.EnumSymbol symbol = symbols.get(text);
            if (symbol == null) {
                throw wrong(field, text, expected);
            }
            return symbol;
        };
    }

    private static TextValue bytes(String field) {
        return text -> {
            try {
                return ByteBuffer.wrap(Base64.getDecoder().decode(text));
            } catch (IllegalArgumentException e) {
                throw wrong(field, text, "bytes in base64");
            }
        };
    }

    private static RejectedEventException wrong(String field, String text, String expected) {
        return TextReason.WRONG_TYPE.reject(field + " is " + TextReason.quoted(text) + ", expected " + expected);
    }

    private static RejectedEventException outOfRange(String field, String text, String expected) {
        return TextReason.OUT_OF_RANGE.reject(
                field + " is " + TextReason.quoted(text) + ", which does not fit in " + expected);
    }
}
