package io.datamill.step.join;

import io.datamill.event.Event;
import io.datamill.event.Header;
import org.apache.avro.Schema;

/**
 * An event that waits for others of its key.
 *
 * @param key what the stream is partitioned by
 * @param matched whether it has been given with another
 * @param schema what {@code values} are written with; that of an older release under a savepoint
 * @param values as Avro binary
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Kept(Header header, String key, boolean matched, Schema schema, byte[] values) {

    static Kept of(Event event, boolean matched, Schema schema, byte[] values) {
        return new Kept(event.header(), event.key(), matched, schema, values);
    }

    Kept asMatched() {
        return new Kept(header, key, true, schema, values);
    }
}
