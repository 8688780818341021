package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.datamill.event.RejectedEventException;
import io.datamill.step.FieldTypes;
import io.datamill.step.adapter.TextReason;
import io.datamill.step.adapter.TextValue;
import io.datamill.step.adapter.TimeFormat;
import java.io.IOException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Readers of single values. Nothing is coerced: the string "5" is no int, and 5.0 is none either. */
final class Scalars {
    private Scalars() {}

    /**
     * @param type not nullable, and neither record, array nor map
     * @param format of a timestamp or date, or null
     * @throws IllegalArgumentException if the format is none
     */
    static ValueReader of(String path, Schema type, String format) {
        TextValue text = TextValue.of(path, type, format); // also checks the format
        String expected = FieldTypes.describe(type);
        if (type.getLogicalType() instanceof LogicalTypes.Decimal) {
            return number(path, expected, text);
        }
        if (FieldTypes.isTimestamp(type)) {
            return timestamp(path, format, text);
        }
        return switch (type.getType()) {
            case INT -> type.getLogicalType() == null ? int32(path) : string(path, "a date in a string", text);
            case LONG -> int64(path);
            case DOUBLE -> number(path, expected, text);
            case BOOLEAN -> bool(path);
            case STRING -> string(path, expected, value -> whole(path, value));
            default -> string(path, expected, text);
        };
    }

    private static ValueReader int32(String path) {
        return parser -> {
            requireWhole(path, parser, "int");
            if (parser.getNumberType() != NumberType.INT) {
                throw outOfRange(path, parser, "int");
            }
            return parser.getIntValue();
        };
    }

    private static ValueReader int64(String path) {
        return parser -> {
            requireWhole(path, parser, "long");
            if (parser.getNumberType() == NumberType.BIG_INTEGER) {
                throw outOfRange(path, parser, "long");
            }
            return parser.getLongValue();
        };
    }

    private static void requireWhole(String path, JsonParser parser, String expected)
            throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(path, parser, expected);
        }
        if (parser.getTextLength() > JsonText.LONGEST_NUMBER) {
            throw outOfRange(path, parser, expected);
        }
    }

    private static ValueReader number(String path, String expected, TextValue text) {
        return parser -> {
            JsonToken token = parser.currentToken();
            if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
                throw wrong(path, parser, expected);
            }
            if (parser.getTextLength() > JsonText.LONGEST_NUMBER) {
                throw outOfRange(path, parser, expected);
            }
            return text.read(parser.getText());
        };
    }

    private static ValueReader bool(String path) {
        return parser -> switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw wrong(path, parser, "boolean");
        };
    }

    private static ValueReader string(String path, String expected, TextValue text) {
        return parser -> {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw wrong(path, parser, expected);
            }
            return text.read(parser.getText());
        };
    }

    private static ValueReader timestamp(String path, String format, TextValue text) {
        TimeFormat time = new TimeFormat(format);
        boolean strings = !TimeFormat.isEpoch(format);
        boolean numbers = format == null || !strings;
        String expected = format == null ? time.expected() + " or milliseconds since 1970" : time.expected();
        return parser -> {
            JsonToken token = parser.currentToken();
            if (strings && token == JsonToken.VALUE_STRING) {
                return text.read(parser.getText());
            }
            if (!numbers || (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT)) {
                throw wrong(path, parser, expected);
            }
            Long millis = time.epochMillis(parser.getText());
            if (millis == null) {
                throw token == JsonToken.VALUE_NUMBER_INT
                        ? outOfRange(path, parser, "timestamp")
                        : wrong(path, parser, expected);
            }
            return millis;
        };
    }

    /** Half a surrogate pair is no Unicode: every store would make something else of it. */
    static String whole(String path, String text) throws RejectedEventException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw TextReason.MALFORMED_TEXT.reject(
                            path + " is " + TextReason.quoted(text) + ", with half a surrogate pair at " + i);
                }
                i++;
            }
        }
        return text;
    }

    static RejectedEventException wrong(String path, JsonParser parser, String expected) throws IOException {
        return TextReason.WRONG_TYPE.reject(path + " is " + JsonText.shown(parser) + ", expected " + expected);
    }

    private static RejectedEventException outOfRange(String path, JsonParser parser, String expected)
            throws IOException {
        return TextReason.OUT_OF_RANGE.reject(
                path + " is " + JsonText.shown(parser) + ", which does not fit in " + expected);
    }
}
