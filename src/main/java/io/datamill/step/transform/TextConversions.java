package io.datamill.step.transform;

import io.datamill.schema.Decimals;
import io.datamill.step.FieldTypes;
import io.datamill.step.adapter.IsoInstant;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** The conversions from text, taken as it is: no space around, no other spelling. */
final class TextConversions {
    private TextConversions() {}

    static Conversion from(Schema to) {
        if (Decimals.type(to) != null) {
            Conversion exact = NumberConversions.exact(to);
            return value -> {
                BigDecimal number = NumberText.exact((String) value);
                return number == null ? Conversion.FAILED : exact.apply(number);
            };
        }
        if (FieldTypes.isTimestamp(to)) {
            TimeText iso = new TimeText(DateTimeFormatter.ISO_OFFSET_DATE_TIME, null, IsoInstant::millis);
            return value -> iso.timestamp((String) value);
        }
        if (to.getLogicalType() instanceof LogicalTypes.Date) {
            TimeText iso = new TimeText(DateTimeFormatter.ISO_LOCAL_DATE, null);
            return value -> iso.date((String) value);
        }
        return to.getLogicalType() == null ? plain(to) : null;
    }

    private static Conversion plain(Schema to) {
        return switch (to.getType()) {
            case STRING -> value -> value;
            case INT ->
                value -> {
                    Object whole = NumberText.whole((String) value);
                    return whole instanceof Long number && number != number.intValue()
                            ? Conversion.FAILED
                            : whole instanceof Long number ? (Object) number.intValue() : whole;
                };
            case LONG -> value -> NumberText.whole((String) value);
            case DOUBLE -> value -> NumberText.real((String) value);
            case BOOLEAN ->
                value -> value.equals("true") ? (Object) true : value.equals("false") ? false : Conversion.FAILED;
            case ENUM ->
                value -> to.hasEnumSymbol((String) value) ? new GenericData.EnumSymbol(to, value) : Conversion.FAILED;
            case BYTES -> toUtf8();
            default -> null;
        };
    }

    private static Conversion toUtf8() {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder(); // Reports an unpaired surrogate.
        return value -> {
            try {
                return encoder.encode(CharBuffer.wrap((String) value));
            } catch (CharacterCodingException e) {
                return Conversion.FAILED;
            }
        };
    }

    /** From bytes to text. */
    static Conversion utf8() {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        return value -> {
            try {
                return decoder.decode(((ByteBuffer) value).duplicate()).toString();
            } catch (CharacterCodingException e) {
                return Conversion.FAILED;
            }
        };
    }

    /** From base64, RFC 4648 section 4, with or without its padding, to bytes. */
    static Conversion fromBase64() {
        return value -> {
            try {
                return ByteBuffer.wrap(Base64.getDecoder().decode((String) value));
            } catch (IllegalArgumentException e) {
                return Conversion.FAILED;
            }
        };
    }

    /** From bytes to base64. */
    static Conversion toBase64() {
        return value -> {
            ByteBuffer encoded = Base64.getEncoder().encode(((ByteBuffer) value).duplicate());
            return StandardCharsets.ISO_8859_1.decode(encoded).toString();
        };
    }
}
