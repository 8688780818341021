package io.datamill.step.group;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The numbers in a field. */
final class Numbers {
    private Numbers() {}

    /** Whether values of this type, which is without null, are int, long, float, double or decimal. */
    static boolean are(Schema type) {
        return switch (type.getType()) {
            case INT, LONG, FLOAT, DOUBLE -> type.getLogicalType() == null;
            default -> isDecimal(type);
        };
    }

    static boolean isDecimal(Schema type) {
        return type.getType() == Schema.Type.BYTES && type.getLogicalType() instanceof LogicalTypes.Decimal;
    }

    static boolean isFloating(Schema type) {
        return type.getType() == Schema.Type.FLOAT || type.getType() == Schema.Type.DOUBLE;
    }

    /** The digits behind the point; 0 unless it is a decimal. */
    static int scale(Schema type) {
        return type.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : 0;
    }

    static double of(Object value, int scale) {
        return value instanceof ByteBuffer decimal
                ? new BigDecimal(unscaled(decimal), scale).doubleValue()
                : ((Number) value).doubleValue();
    }

    static BigInteger unscaled(ByteBuffer decimal) {
        byte[] bytes = new byte[decimal.remaining()];
        decimal.duplicate().get(bytes);
        return new BigInteger(bytes);
    }
}
