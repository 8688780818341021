package io.datamill.step.adapter;

import io.datamill.event.EventKey;
import io.datamill.event.KeyedRecord;
import io.datamill.event.Position;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Before the shuffle: reads no more of a record than its key and time. What cannot be read goes on under its position as
 * key, and {@link EventReader} refuses it, so that a broken record is decoded, counted and rejected in one place.
 */
public final class Peek implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Moves no watermark. */
    private static final long NONE = Long.MIN_VALUE;

    private final Adapter adapter;
    private final HeaderRules rules;
    private final int[] key;
    private transient First first;

    /**
     * @param event checked against the adapter's schema
     * @param onlyTenant the tenant of all events where {@code event} names no field
     * @param keyFields of the adapter's schema, each of which {@link EventKey#canHold}; none unless the adapter is
     *     {@link Adapter#peekable}
     */
    public Peek(Adapter adapter, EventConfig event, String onlyTenant, List<String> keyFields) {
        Set<String> fields = new LinkedHashSet<>(event.fields());
        fields.addAll(keyFields);
        this.adapter = adapter.projected(fields);
        this.rules = new HeaderRules(event, onlyTenant, this.adapter.schema());
        this.key = keyFields.stream()
                .mapToInt(field -> this.adapter.schema().getField(field).pos())
                .toArray();
    }

    /** Once per subtask, before the first record. */
    public void open() throws Exception {
        first = new First();
        adapter.open();
    }

    /** Closes what {@link #open} opened. */
    public void close() throws Exception {
        adapter.close();
    }

    /**
     * The record under its key. One that holds several events is as old as the oldest of them, since the records behind
     * it may begin as far back: a batch of an hour would else make the next one's first events late. It is under its
     * position: its events are shuffled behind the adapter. Throws nothing for what a record holds; a registry that fails for a
     * moment is an exception, since the record may well be good.
     */
    public KeyedRecord peek(SourceRecord record) {
        if (!adapter.peekable() && rules.isAsOldAsItsRecord()) {
            // Nothing of it is asked for: it is read once, behind this.
            Position position = record.position();
            return new KeyedRecord(EventKey.ofPosition(position), position.arrivalTime(), record);
        }
        first.record = record;
        first.key = null;
        first.time = NONE;
        try {
            adapter.read(record, first);
        } catch (RejectedEventException e) {
            first.time = NONE; // Refused behind the shuffle.
        }
        String found = first.key == null || !adapter.peekable() ? EventKey.ofPosition(record.position()) : first.key;
        return new KeyedRecord(found, first.time, record);
    }

    /** Looks at the events of one record after the other. */
    private final class First implements Adapter.Output {
        private SourceRecord record;
        private String key;
        private long time;

        @Override
        public void event(Object[] values, UUID writerSchema, byte[] part) {
            try {
                String tenant = rules.tenant(values);
                key = key(tenant, values);
                long own = rules.time(values, record.position().arrivalTime());
                time = time == NONE ? own : Math.min(time, own);
            } catch (RejectedEventException e) {
                return; // The event will be refused; its time must not move the watermark.
            }
        }

        @Override
        public void reject(RejectedEventException cause, byte[] part) {
            // Refused behind the shuffle.
        }
    }

    private String key(String tenant, Object[] values) {
        Object[] parts = new Object[key.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = values[key[i]];
        }
        return EventKey.of(tenant, parts);
    }
}
