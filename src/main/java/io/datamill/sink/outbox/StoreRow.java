package io.datamill.sink.outbox;

import io.datamill.event.Position;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What a store will get for one event, already rendered; the only type that crosses the shuffle to an outbox, and the
 * one its state holds.
 *
 * @param version a store keeps the highest of a key
 * @param time the event time, milliseconds since the epoch; for stores that place a row by it
 * @param position of the record the row came from
 * @param payload in the store's own encoding
 */
@TypeInfo(StoreRowTypeInfo.Factory.class)
@SuppressWarnings("ArrayRecordComponent") // The bytes travel as they are.
public record StoreRow(Key key, long version, long time, Position position, byte[] payload) {
    /** One event of one tenant; all its rows are written in order. */
    public record Key(String tenant, String id) {

        /** 0 to {@link #BUCKETS} - 1, the same for ever: state is kept under it. */
        public int bucket() {
            int hash = 31 * tenant.hashCode() + id.hashCode();
            // String hashes of similar ids differ in their low bits only; this spreads them.
            hash *= 0x9E3779B9;
            return (hash ^ (hash >>> 16)) & (BUCKETS - 1);
        }
    }

    /** A power of two, and never to change: state is kept under buckets. */
    public static final int BUCKETS = 256;

    private static final int OVERHEAD = 100;

    /** About what the row takes in memory and state. */
    public int bytes() {
        return payload.length + OVERHEAD;
    }
}
