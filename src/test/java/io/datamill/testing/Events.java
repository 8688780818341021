package io.datamill.testing;

import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import java.time.Instant;

/** Events and records for tests that care about a part of them only. */
public final class Events {
    /** When every record here arrived. */
    public static final long ARRIVAL = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();

    private Events() {}

    /** Of tenant {@code acme}, under the key {@code key}. */
    public static Event event(String id, long time, Object... values) {
        return new Event(new Header("acme", id, time, null, record(new byte[0])), "key", values);
    }

    public static SourceRecord record(byte[] data) {
        return new SourceRecord(new Position("stream", "shardId-000000000000", "4965", ARRIVAL), "partition", data);
    }
}
