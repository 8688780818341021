package io.datamill.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Decimals as Avro has them: the unscaled number, big-endian two's complement, in bytes. */
public final class Decimals {
    private Decimals() {}

    /** The precision and scale, or null where the schema is no decimal. */
    public static LogicalTypes.Decimal type(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal : null;
    }

    /** @param value bytes or fixed */
    public static BigDecimal read(Object value, LogicalTypes.Decimal type) {
        if (value instanceof GenericFixed fixed) {
            return new BigDecimal(new BigInteger(fixed.bytes()), type.getScale());
        }
        ByteBuffer bytes = (ByteBuffer) value;
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return new BigDecimal(new BigInteger(copy), type.getScale());
    }

    /**
     * The value as bytes.
     *
     * @return null where it has more digits than the type, before or after the point
     */
    public static ByteBuffer write(BigDecimal value, LogicalTypes.Decimal type) {
        // Looked at before it is scaled: 1e-999999999 scaled is a gigabyte.
        BigDecimal least = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        boolean fits = least.scale() <= type.getScale()
                && (long) least.precision() - least.scale() <= (long) type.getPrecision() - type.getScale();
        return fits
                ? ByteBuffer.wrap(least.setScale(type.getScale()).unscaledValue().toByteArray())
                : null;
    }
}
