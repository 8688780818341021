package io.datamill.step.profile;

import io.datamill.event.Event;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The numbers in a field. What is null or no finite number is passed over.
 *
 * @param scale the digits behind the point; 0 unless it is a decimal
 */
record NumberField(int position, Kind kind, int scale) implements Serializable {
    /** Decimals of so many digits fit into a long. */
    static final int DIGITS = 18;

    enum Kind {
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        DECIMAL
    }

    /** Those of a number, or of a time; null where the type, which is without null, is none. */
    static NumberField of(Schema.Field field, Schema type) {
        return switch (type.getType()) {
            case INT -> new NumberField(field.pos(), Kind.INT, 0);
            case LONG -> new NumberField(field.pos(), Kind.LONG, 0);
            case FLOAT -> new NumberField(field.pos(), Kind.FLOAT, 0);
            case DOUBLE -> new NumberField(field.pos(), Kind.DOUBLE, 0);
            case BYTES ->
                type.getLogicalType() instanceof LogicalTypes.Decimal decimal && decimal.getPrecision() <= DIGITS
                        ? new NumberField(field.pos(), Kind.DECIMAL, decimal.getScale())
                        : null;
            default -> null;
        };
    }

    boolean isReal() {
        return kind == Kind.FLOAT || kind == Kind.DOUBLE;
    }

    /** What the state's name says of the type: an int may become a long under a savepoint. */
    String text() {
        return isReal() ? "real" : kind == Kind.DECIMAL ? "decimal " + scale : "whole";
    }

    boolean isIn(Event event) {
        Object value = event.values()[position];
        return value != null && (!isReal() || Double.isFinite(((Number) value).doubleValue()));
    }

    /** Of an int or a long its own, of a decimal the digits. */
    long whole(Event event) {
        Object value = event.values()[position];
        return value instanceof ByteBuffer decimal ? unscaled(decimal) : ((Number) value).longValue();
    }

    double real(Event event) {
        Object value = event.values()[position];
        return value instanceof ByteBuffer decimal
                ? unscaled(decimal) / Math.pow(10, scale)
                : ((Number) value).doubleValue();
    }

    private static long unscaled(ByteBuffer decimal) {
        long digits = decimal.get(decimal.position()) < 0 ? -1 : 0;
        for (int i = decimal.position(); i < decimal.limit(); i++) {
            digits = (digits << 8) | (decimal.get(i) & 0xff);
        }
        return digits;
    }

    /** A whole number as the field has it. */
    Object boxed(long whole) {
        if (kind == Kind.INT) {
            return (int) whole;
        }
        return kind == Kind.DECIMAL ? decimal(whole) : (Object) whole;
    }

    static ByteBuffer decimal(long digits) {
        return ByteBuffer.wrap(BigInteger.valueOf(digits).toByteArray());
    }
}
