package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import org.apache.avro.Schema;

/** The sum of int or long values, exact. */
record WholeSum(String name, int field, Schema schema) implements Aggregate {

    @Override
    public void check(Object held, Event event) throws RejectedEventException {
        Object value = event.values()[field];
        if (held == null || value == null) {
            return;
        }
        long sum = ((long[]) held)[0];
        long more = ((Number) value).longValue();
        long result = sum + more;
        if (((sum ^ result) & (more ^ result)) < 0) {
            throw new RejectedEventException(
                    "SUM_OVERFLOW", name + " of the window is " + sum + ", and " + more + " more is no long");
        }
    }

    @Override
    public Object add(Object held, Event event) {
        Object value = event.values()[field];
        if (value == null) {
            return held;
        }
        long[] sum = held == null ? new long[1] : (long[]) held;
        sum[0] += ((Number) value).longValue();
        return sum;
    }

    /** Of two sessions that an event joins: each sum fits; that of both is held to what a long can be. */
    @Override
    public Object merged(Object one, Object other) {
        long[] sum = (long[]) one;
        long more = ((long[]) other)[0];
        long result = sum[0] + more;
        boolean overflow = ((sum[0] ^ result) & (more ^ result)) < 0;
        sum[0] = !overflow ? result : more < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        return sum;
    }

    @Override
    public Object value(Object held) {
        return held == null ? null : ((long[]) held)[0];
    }
}
