package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;

/** The sum of decimals, exact: of 38 digits, with as many behind the point as the field has. */
record DecimalSum(String name, int field, Schema schema) implements Aggregate {
    static final int DIGITS = 38;
    private static final BigInteger BOUND = BigInteger.TEN.pow(DIGITS);

    @Override
    public void check(Object held, Event event) throws RejectedEventException {
        Object value = event.values()[field];
        if (held == null || value == null) {
            return;
        }
        BigInteger sum = ((BigInteger) held).add(Numbers.unscaled((ByteBuffer) value));
        if (sum.abs().compareTo(BOUND) >= 0) {
            throw new RejectedEventException(
                    "SUM_OVERFLOW", name + " of the window would be " + sum + " unscaled, expected up to 38 digits");
        }
    }

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        BigInteger more = Numbers.unscaled((ByteBuffer) value);
        return held == null ? more : ((BigInteger) held).add(more);
    }

    /** Of two sessions that an event joins; held to 38 digits. */
    @Override
    public Object merged(Object one, Object other) {
        BigInteger sum = ((BigInteger) one).add((BigInteger) other);
        BigInteger most = BOUND.subtract(BigInteger.ONE);
        return sum.min(most).max(most.negate());
    }

    @Override
    public Object value(Object held) {
        return held == null ? null : ByteBuffer.wrap(((BigInteger) held).toByteArray());
    }
}
