package io.datamill.event;

/**
 * One event on its way: its header and the values of the schema planned for this point of the pipeline, by position.
 * An event does not change: a step gives a new one. After the last step it is the outcome that sinks receive.
 *
 * @param key what the stream is partitioned by at this point
 * @param values in the order of the planned schema's fields, as Avro's generic representation with {@link String} for
 *     strings; not to be changed by who receives it
 */
@SuppressWarnings("ArrayRecordComponent") // By position and without copies: this is the per-event path.
public record Event(Header header, String key, Object[] values) {

    /** This event with other values, of the schema that the step was planned to give. */
    public Event withValues(Object[] newValues) {
        return new Event(header, key, newValues);
    }

    /** A copy of the values with room for {@code more} fields after them. */
    public Object[] widened(int more) {
        Object[] wider = new Object[values.length + more];
        System.arraycopy(values, 0, wider, 0, values.length);
        return wider;
    }
}
