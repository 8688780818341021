package io.datamill.step.group;

import io.datamill.event.Event;
import org.apache.avro.Schema;

/**
 * How many events, or how many that have a value in a field.
 *
 * @param field its position; -1: all events count
 */
record Count(String name, int field) implements Aggregate {

    @Override
    public Schema schema() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Object add(Object held, Event event) {
        if (field >= 0 && event.values()[field] == null) {
            return held;
        }
        long[] count = held == null ? new long[1] : (long[]) held;
        count[0]++;
        return count;
    }

    @Override
    public Object merged(Object one, Object other) {
        long[] count = (long[]) one;
        count[0] += ((long[]) other)[0];
        return count;
    }

    @Override
    public Object value(Object held) {
        return held == null ? 0L : ((long[]) held)[0];
    }
}
