package io.datamill.step.transform;

import io.datamill.schema.Decimals;
import io.datamill.step.FieldTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The conversions from numbers. */
final class NumberConversions {
    private static final long EXACT_DOUBLE = 1L << 53;

    private NumberConversions() {}

    static Conversion whole(Schema from, Schema to) {
        if (FieldTypes.isTimestamp(to)) {
            return from.getType() == Schema.Type.LONG ? value -> value : null;
        }
        if (Conversions.isDate(to)) {
            return from.getType() == Schema.Type.INT ? value -> value : null;
        }
        if (Decimals.type(to) != null) {
            return Conversions.after(value -> BigDecimal.valueOf(((Number) value).longValue()), exact(to));
        }
        if (to.getLogicalType() != null) {
            return null;
        }
        return switch (to.getType()) {
            case INT -> value -> toInt(((Number) value).longValue());
            case LONG -> value -> ((Number) value).longValue();
            case DOUBLE -> value -> toDouble(((Number) value).longValue());
            case STRING -> Object::toString;
            case BOOLEAN ->
                value -> {
                    long number = ((Number) value).longValue();
                    return number == 0 || number == 1 ? (Object) (number == 1) : Conversion.FAILED;
                };
            default -> null;
        };
    }

    static Object toInt(long value) {
        return value == (int) value ? (Object) (int) value : Conversion.FAILED;
    }

    private static Object toDouble(long value) {
        // The long of a double above is cut to Long.MAX_VALUE, and would seem to be the same.
        boolean exact = Math.abs(value) <= EXACT_DOUBLE || (value != Long.MAX_VALUE && (long) (double) value == value);
        return exact ? (Object) (double) value : Conversion.FAILED;
    }

    static Conversion real(Schema to) {
        LogicalTypes.Decimal decimal = Decimals.type(to);
        if (decimal != null) {
            return value -> {
                double number = ((Number) value).doubleValue();
                return Double.isFinite(number)
                        ? written(BigDecimal.valueOf(number).setScale(decimal.getScale(), RoundingMode.HALF_EVEN), decimal)
                        : Conversion.FAILED;
            };
        }
        if (to.getLogicalType() != null) {
            return null;
        }
        return switch (to.getType()) {
            case DOUBLE -> value -> ((Number) value).doubleValue();
            case STRING -> value -> Double.toString(((Number) value).doubleValue());
            case LONG -> value -> toLong(((Number) value).doubleValue());
            case INT ->
                value -> {
                    Object whole = toLong(((Number) value).doubleValue());
                    return whole == Conversion.FAILED ? whole : toInt((Long) whole);
                };
            default -> null;
        };
    }

    private static Object toLong(double value) {
        boolean whole = value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63;
        return whole ? (Object) (long) value : Conversion.FAILED;
    }

    /** From a BigDecimal. */
    static Conversion exact(Schema to) {
        LogicalTypes.Decimal decimal = Decimals.type(to);
        if (decimal != null) {
            return value -> written((BigDecimal) value, decimal);
        }
        if (to.getLogicalType() != null) {
            return null;
        }
        return switch (to.getType()) {
            case DOUBLE -> value -> ((BigDecimal) value).doubleValue();
            case STRING -> value -> ((BigDecimal) value).toPlainString();
            case LONG, INT ->
                value -> {
                    BigDecimal number = (BigDecimal) value;
                    BigDecimal least = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
                    // Of at most 19 digits, else it is none and would take long to write out.
                    if (least.scale() > 0 || least.precision() - least.scale() > 19) {
                        return Conversion.FAILED;
                    }
                    BigInteger whole = least.toBigInteger();
                    boolean fits = whole.bitLength() < (to.getType() == Schema.Type.INT ? 32 : 64);
                    return !fits
                            ? Conversion.FAILED
                            : to.getType() == Schema.Type.INT ? (Object) whole.intValue() : (Object) whole.longValue();
                };
            default -> null;
        };
    }

    private static Object written(BigDecimal value, LogicalTypes.Decimal type) {
        ByteBuffer bytes = Decimals.write(value, type);
        return bytes == null ? Conversion.FAILED : bytes;
    }
}
