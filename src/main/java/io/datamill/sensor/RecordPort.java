package io.datamill.sensor;

import java.util.List;

/** The one call that a {@link KinesisWriter} makes, so that its retries can be tested without a stream. */
@FunctionalInterface
public interface RecordPort {
    /**
     * A record on its way.
     *
     * @param key partition key, 1 to 256 chars
     * @param data at most 1 MiB together with the key
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on as it is, never compared
    record Entry(String key, byte[] data) {}

    /** A record that the stream did not take, by its place in the batch, and the stream's reason. */
    record Failure(int index, String code, String message) {}

    /**
     * Puts a batch.
     *
     * @return what was not taken, by ascending index; empty when all was
     * @throws RuntimeException when the whole call failed and trying again is of no use
     */
    List<Failure> put(List<Entry> batch);
}
