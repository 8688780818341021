package io.datamill.event;

/**
 * Where a record was read, unique for ever within a stream.
 *
 * @param stream the Kinesis stream, or the file a replay reads
 * @param shard the shard id
 * @param sequenceNumber a decimal number of up to 56 digits that grows within its shard
 * @param arrivalTime when Kinesis took the record in, milliseconds since the epoch; the same at each reading
 */
public record Position(String stream, String shard, String sequenceNumber, long arrivalTime) {
    @Override
    public String toString() {
        return stream + '/' + shard + '/' + sequenceNumber;
    }
}
