package io.datamill.event;

/**
 * Where an event was read, unique for ever within a stream.
 *
 * @param stream the Kinesis stream, or the file that is read in its place
 * @param shard the shard id
 * @param sequenceNumber a decimal number of up to 56 digits that grows within its shard
 * @param arrivalTime when Kinesis took the record in, milliseconds since the epoch; the same at each reading
 * @param part the number of the event within its record, from 0; each time the same
 */
public record Position(String stream, String shard, String sequenceNumber, long arrivalTime, int part) {

    /** The first event of a record, or the record itself. */
    public Position(String stream, String shard, String sequenceNumber, long arrivalTime) {
        this(stream, shard, sequenceNumber, arrivalTime, 0);
    }

    /** Another event of the same record. */
    public Position at(int index) {
        return new Position(stream, shard, sequenceNumber, arrivalTime, index);
    }

    @Override
    public String toString() {
        String record = stream + '/' + shard + '/' + sequenceNumber;
        return part == 0 ? record : record + '#' + part;
    }
}
