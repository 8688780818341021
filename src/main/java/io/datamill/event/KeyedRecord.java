package io.datamill.event;

/**
 * A record with what was peeked from it before the shuffle; the only type that crosses it.
 *
 * @param key the tenant and the first keyed step's fields, or the record's position where they cannot be read: such a
 *     record is then refused by the adapter, behind the shuffle
 * @param time the event time, milliseconds since the epoch; {@link Long#MIN_VALUE} where it cannot be read or is not
 *     plausible, so that it never moves the watermark
 */
public record KeyedRecord(String key, long time, SourceRecord record) {}
