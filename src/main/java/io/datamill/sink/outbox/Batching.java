package io.datamill.sink.outbox;

import io.datamill.config.Durations;
import io.datamill.config.OptionDoc;
import java.io.Serializable;
import java.time.Duration;

/**
 * How rows are gathered, and how much may wait while the store does not answer.
 *
 * @param rows at most so many in a write, 1 to 10,000; 500 if absent
 * @param linger how long the first row of a batch waits for others; 500 ms if absent
 * @param timeout after so long a write counts as failed, and the stream goes on without the store; 10 s if absent
 * @param spillRows so many rows may wait in a subtask's state; then the stream waits too. 1,000,000 if absent
 * @param spillBytes the same in bytes; 512 MiB if absent. With state on the heap it has to fit there
 */
public record Batching(
        @OptionDoc(value = "Rows in one write: 1 to 10,000.", otherwise = "500")
        Integer rows,

        @OptionDoc(value = "How long the first row of a batch waits for others.", otherwise = "500ms")
        Duration linger,

        @OptionDoc(
                value = "After so long a write counts as failed, and the stream goes on without the store;"
                        + " 100ms or more.",
                otherwise = "10s")
        Duration timeout,

        @OptionDoc(value = "Rows that may wait in each subtask; then the stream waits too.", otherwise = "1000000")
        Long spillRows,

        @OptionDoc(value = "The same in bytes; with state on the heap it has to fit there.", otherwise = "536870912")
        Long spillBytes)
        implements Serializable {
    /** A write holds at most about so many bytes, or a single larger row. */
    static final int MAX_BYTES = 4 << 20;

    private static final int MAX_ROWS = 10_000;

    public static final Batching DEFAULT = new Batching(null, null, null, null, null);

    public Batching {
        rows = rows == null ? 500 : rows;
        linger = linger == null ? Duration.ofMillis(500) : linger;
        timeout = timeout == null ? Duration.ofSeconds(10) : timeout;
        spillRows = spillRows == null ? 1_000_000 : spillRows;
        spillBytes = spillBytes == null ? 512L << 20 : spillBytes;
        if (rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException("rows is " + rows + ", expected 1 to " + MAX_ROWS);
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger is " + Durations.text(linger) + ", expected 0s or more");
        }
        if (timeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException("timeout is " + Durations.text(timeout) + ", expected 100ms or more");
        }
        if (spillRows < 1 || spillBytes < 1) {
            throw new IllegalArgumentException(
                    (spillRows < 1 ? "spill-rows is " + spillRows : "spill-bytes is " + spillBytes)
                            + ", expected 1 or more");
        }
    }
}
