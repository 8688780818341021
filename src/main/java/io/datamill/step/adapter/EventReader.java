package io.datamill.step.adapter;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.Header;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import java.io.Serializable;
import java.util.UUID;
import org.apache.avro.Schema;

/** Behind the shuffle: reads the whole record and gives it its header. */
public final class EventReader implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No store should keep a larger event; Kinesis itself takes records of twice as many bytes. */
    public static final int MAX_EVENT_BYTES = 512 << 10;

    /** A record of many events, as Kinesis takes it at the most. */
    public static final int MAX_RECORD_BYTES = 10 << 20;

    private final Adapter adapter;
    private final HeaderRules rules;

    /**
     * @param event checked against the adapter's schema
     * @param onlyTenant the tenant of all events where {@code event} names no field
     */
    public EventReader(Adapter adapter, EventConfig event, String onlyTenant) {
        this.adapter = adapter;
        this.rules = new HeaderRules(event, onlyTenant, adapter.schema());
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
     * Gives the record's events, under the key that the record was shuffled by, and what of it cannot be one, with a
     * reason of the adapter's or of {@link HeaderReason}.
     */
    public void read(KeyedRecord keyed, Output out) {
        SourceRecord record = keyed.record();
        try {
            check(record.data(), adapter.peekable() ? MAX_EVENT_BYTES : MAX_RECORD_BYTES);
            Parts parts = new Parts(keyed, out);
            adapter.read(record, parts);
            if (parts.next == 0) {
                out.empty(record);
            }
        } catch (RejectedEventException e) {
            out.reject(record, e);
        }
    }

    private static void check(byte[] data, int most) throws RejectedEventException {
        if (data.length > most) {
            throw new RejectedEventException(
                    HeaderReason.RECORD_TOO_LARGE.name(),
                    "record of " + data.length + " bytes, expected at most " + most);
        }
    }

    /** Takes the events of a record. */
    public interface Output {
        void event(Event event);

        /** @param part the record, or the part of it that is wrong */
        void reject(SourceRecord part, RejectedEventException cause);

        /** The record holds no event, and nothing is wrong with it: a file's blank line, a message that says all is well. */
        default void empty(SourceRecord record) {}
    }

    /** Gives each part of one record its number and its header. */
    private final class Parts implements Adapter.Output {
        private final KeyedRecord keyed;
        private final Output out;
        private int next;

        Parts(KeyedRecord keyed, Output out) {
            this.keyed = keyed;
            this.out = out;
        }

        @Override
        public void event(Object[] values, UUID writerSchema, byte[] data) {
            SourceRecord part = part(data);
            try {
                check(data, MAX_EVENT_BYTES);
                out.event(read(part, values, writerSchema));
            } catch (RejectedEventException e) {
                out.reject(part, e);
            }
        }

        @Override
        public void reject(RejectedEventException cause, byte[] data) {
            out.reject(part(data), cause);
        }

        private SourceRecord part(byte[] data) {
            SourceRecord record = keyed.record();
            int index = next++;
            return index == 0 && data == record.data()
                    ? record
                    : new SourceRecord(record.position().at(index), record.partitionKey(), data);
        }

        private Event read(SourceRecord part, Object[] values, UUID writerSchema) throws RejectedEventException {
            String tenant = rules.tenant(values);
            String id = rules.id(values, part.position());
            long time = rules.time(values, part.position().arrivalTime());
            if (adapter.peekable() && EventKey.isPosition(keyed.key())) {
                throw new RejectedEventException(
                        HeaderReason.READ_TOO_EARLY.name(),
                        "the record's schema " + writerSchema
                                + " was not registered yet when its key was peeked; replay it");
            }
            return new Event(new Header(tenant, id, time, writerSchema, part), keyed.key(), values);
        }
    }
}
