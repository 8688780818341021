package io.datamill.step.adapter;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.Header;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import org.apache.avro.Schema;

/** Behind the shuffle: reads the whole record and gives it its header. */
public final class EventReader implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No store should keep a larger event; Kinesis itself takes records of twice as many bytes. */
    public static final int MAX_RECORD_BYTES = 512 << 10;

    private final Adapter adapter;
    private final HeaderRules rules;

    /** @param event checked against the adapter's schema */
    public EventReader(Adapter adapter, EventConfig event) {
        this.adapter = adapter;
        this.rules = new HeaderRules(event, adapter.schema());
    }

    /** The schema of the events it gives. */
    public Schema schema() {
        return adapter.schema();
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
     * The event, under the key that the record was shuffled by.
     *
     * @throws RejectedEventException with a reason of the adapter's or of {@link HeaderReason}
     */
    public Event read(KeyedRecord keyed) throws RejectedEventException {
        SourceRecord source = keyed.record();
        if (source.data().length > MAX_RECORD_BYTES) {
            throw new RejectedEventException(
                    HeaderReason.RECORD_TOO_LARGE.name(),
                    "record of " + source.data().length + " bytes, expected at most " + MAX_RECORD_BYTES);
        }
        Adapted adapted = adapter.read(source);
        Object[] values = adapted.values();
        String tenant = rules.tenant(values);
        String id = rules.id(values);
        long time = rules.time(values, source.position().arrivalTime());
        if (EventKey.isPosition(keyed.key())) {
            throw new RejectedEventException(
                    HeaderReason.READ_TOO_EARLY.name(),
                    "the record's schema " + adapted.writerSchema()
                            + " was not registered yet when its key was peeked; replay it");
        }
        return new Event(new Header(tenant, id, time, adapted.writerSchema(), source), keyed.key(), values);
    }
}
