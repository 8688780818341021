package io.datamill.alerter.stream;

import io.datamill.alerter.store.Arrived;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The calls of Kinesis that reading needs. */
public interface StreamPort extends AutoCloseable {

    /**
     * A shard.
     *
     * @param parents those it was split or merged from, of which some may be gone
     */
    record Shard(String id, List<String> parents) {}

    /**
     * Some records of a shard.
     *
     * @param next where to go on; null at the end of a shard that has ended
     * @param behindMillis of its present end
     */
    record Page(List<Arrived> records, String next, long behindMillis) {}

    /**
     * All that the stream still has.
     *
     * @throws UnavailableException to be tried again
     */
    List<Shard> shards();

    /**
     * Where to read from.
     *
     * @param after the sequence number of the last record that is done; null: none yet
     * @param from without one, the time to begin with; null: with the oldest record
     * @throws UnavailableException to be tried again
     */
    String iterator(String shard, String after, Instant from);

    /**
     * Reads.
     *
     * @throws ExpiredException if the iterator is too old
     * @throws UnavailableException to be tried again
     */
    Page read(String iterator);

    /** For how long the stream keeps a record. @throws UnavailableException to be tried again */
    Duration retention();

    @Override
    void close();

    /** The iterator is too old; another has to be asked for. */
    final class ExpiredException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ExpiredException(Throwable cause) {
            super(cause);
        }
    }

    /** Kinesis does not answer, or asks for less. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
