package io.datamill.testing;

import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.KeyedRecord;
import io.datamill.event.Position;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.EventReader;
import java.time.Instant;
import java.util.UUID;

/** Events and records for tests that care about a part of them only. */
public final class Events {
    /** When every record here arrived. */
    public static final long ARRIVAL = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private Events() {}

    /** Of tenant {@code acme}, under the key {@code key}. */
    public static Event event(String id, long time, Object... values) {
        return new Event(new Header("acme", id, time, null, record(new byte[0])), "key", values);
    }

    /** The only event of a record. */
    public static Event only(EventReader reader, KeyedRecord record) throws RejectedEventException {
        Single<Event> single = new Single<>();
        reader.read(record, new EventReader.Output() {
            @Override
            public void event(Event event) {
                single.take(event);
            }

            @Override
            public void reject(SourceRecord part, RejectedEventException cause) {
                single.rejected = cause;
            }
        });
        return single.get();
    }

    /** What an adapter gives for a record of one event. */
    public static Adapted only(Adapter adapter, SourceRecord record) throws RejectedEventException {
        Single<Adapted> single = new Single<>();
        adapter.read(record, new Adapter.Output() {
            @Override
            public void event(Object[] values, UUID writerSchema, byte[] part) {
                single.take(new Adapted(values, writerSchema));
            }

            @Override
            public void reject(RejectedEventException cause, byte[] part) {
                single.rejected = cause;
            }
        });
        return single.get();
    }

    /** The values of an event and the schema it was written with. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Adapted(Object[] values, UUID writerSchema) {}

    private static final class Single<T> {
        private T event;
        private RejectedEventException rejected;

        void take(T given) {
            if (event != null) {
                throw new AssertionError("a second event: " + given);
            }
            event = given;
        }

        T get() throws RejectedEventException {
            if (rejected != null) {
                throw rejected;
            }
            return event;
        }
    }

    public static SourceRecord record(byte[] data) {
        return new SourceRecord(new Position("stream", "shardId-000000000000", "4965", ARRIVAL), "partition", data);
    }
}
