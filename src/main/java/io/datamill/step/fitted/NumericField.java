package io.datamill.step.fitted;

import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * A field of numbers: int, long, float, double or decimal.
 *
 * @param decimals the digits behind the point of a decimal; -1 where it is none
 */
record NumericField(int position, int decimals) implements Serializable {
    static final String NUMBERS = "int, long, float, double or decimal";

    /** @return null where the problem has been reported */
    static NumericField plan(String option, String name, Planning planning) {
        Schema.Field field = planning.field(option, name);
        if (field == null) {
            return null;
        }
        Schema type = FieldTypes.withoutNull(field.schema());
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal && type.getType() == Schema.Type.BYTES) {
            return new NumericField(field.pos(), decimal.getScale());
        }
        if (!isNumber(type)) {
            planning.problem(
                    option, "field '" + name + "' is " + FieldTypes.describe(field.schema()) + ", expected " + NUMBERS);
            return null;
        }
        return new NumericField(field.pos(), -1);
    }

    static boolean isNumber(Schema type) {
        return type.getLogicalType() == null
                && switch (type.getType()) {
                    case INT, LONG, FLOAT, DOUBLE -> true;
                    default -> false;
                };
    }

    boolean isNull(Object[] values) {
        return values[position] == null;
    }

    /** NaN for null. */
    double read(Object[] values) {
        Object value = values[position];
        if (value == null) {
            return Double.NaN;
        }
        return decimals < 0 ? ((Number) value).doubleValue() : decimal((ByteBuffer) value);
    }

    private double decimal(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return new BigDecimal(new BigInteger(bytes), decimals).doubleValue();
    }
}
