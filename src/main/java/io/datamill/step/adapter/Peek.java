package io.datamill.step.adapter;

import io.datamill.event.EventKey;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Before the shuffle: reads no more of a record than its key and time. What cannot be read goes on under its position as
 * key, and {@link EventReader} refuses it, so that a broken record is decoded, counted and rejected in one place.
 */
public final class Peek implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Adapter adapter;
    private final HeaderRules rules;
    private final int[] key;

    /**
     * @param event checked against the adapter's schema
     * @param keyFields of the adapter's schema, each of which {@link EventKey#canHold}
     */
    public Peek(Adapter adapter, EventConfig event, List<String> keyFields) {
        Set<String> fields = new LinkedHashSet<>(event.fields());
        fields.addAll(keyFields);
        this.adapter = adapter.projected(fields);
        this.rules = new HeaderRules(event, this.adapter.schema());
        this.key = keyFields.stream()
                .mapToInt(field -> this.adapter.schema().getField(field).pos())
                .toArray();
    }

    /** Once per subtask, before the first record. */
    public void open() throws Exception {
        adapter.open();
    }

    /** Closes what {@link #open} opened. */
    public void close() throws Exception {
        adapter.close();
    }

    /**
     * The record under its key. Throws nothing for what a record holds; a registry that fails for a moment is an
     * exception, since the record may well be good.
     */
    public KeyedRecord peek(SourceRecord record) {
        try {
            Object[] values = adapter.read(record).values();
            String tenant = rules.tenant(values);
            Object[] parts = new Object[key.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = values[key[i]];
            }
            return new KeyedRecord(EventKey.of(tenant, parts), time(values, record), record);
        } catch (RejectedEventException e) {
            return new KeyedRecord(EventKey.ofPosition(record.position()), Long.MIN_VALUE, record);
        }
    }

    private long time(Object[] values, SourceRecord record) {
        try {
            return rules.time(values, record.position().arrivalTime());
        } catch (RejectedEventException e) {
            return Long.MIN_VALUE; // The event will be refused; its time must not move the watermark.
        }
    }
}
