package io.datamill.step.group;

import io.datamill.event.Event;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;

/**
 * The least or the greatest value. Strings go by the numbers of their UTF-16 units; NaN is above all numbers.
 *
 * @param sign -1 for the least, 1 for the greatest
 */
record Extreme(String name, int field, int sign, Schema schema) implements Aggregate {

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        Object comparable = value instanceof ByteBuffer decimal ? Numbers.unscaled(decimal) : value;
        return held == null ? comparable : merged(held, comparable);
    }

    @Override
    @SuppressWarnings("unchecked") // Values of one field are of one type.
    public Object merged(Object one, Object other) {
        return Integer.signum(((Comparable<Object>) other).compareTo(one)) == sign ? other : one;
    }

    @Override
    public Object value(Object held) {
        return held instanceof BigInteger decimal ? ByteBuffer.wrap(decimal.toByteArray()) : held;
    }
}
