package io.datamill.event;

/**
 * What Kinesis holds, untouched. The name avoids a clash with {@link java.lang.Record}.
 *
 * @param data at most 1 MiB for a record of Kinesis itself, up to 10 MiB from a file
 */
@SuppressWarnings("ArrayRecordComponent") // The bytes travel as they are.
public record SourceRecord(Position position, String partitionKey, byte[] data) {}
