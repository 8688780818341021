package io.datamill.pipeline;

import io.datamill.event.Event;
import io.datamill.step.StatelessStep;
import org.apache.avro.Schema;

/** Brings the values of one schema to the fields of another by their names; what is not there is null. */
final class Rearrange implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final int ABSENT = -1;

    private final int[] from;

    private Rearrange(int[] from) {
        this.from = from;
    }

    static Rearrange byName(Schema before, Schema after) {
        return new Rearrange(after.getFields().stream()
                .mapToInt(field -> before.getField(field.name()) == null
                        ? ABSENT
                        : before.getField(field.name()).pos())
                .toArray());
    }

    @Override
    public Event apply(Event event) {
        Object[] values = new Object[from.length];
        for (int i = 0; i < from.length; i++) {
            values[i] = from[i] == ABSENT ? null : event.values()[from[i]];
        }
        return event.withValues(values);
    }
}
