package io.datamill.sensor;

import io.datamill.sensor.RecordPort.Entry;
import io.datamill.sensor.RecordPort.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Puts records on a stream in batches: at most 500 records and 5 MiB each. Of a batch only what the stream refused is
 * put again, before anything newer and in its first order, with growing waits; after {@value #MAX_ATTEMPTS} attempts it
 * gives up. Each accepted record is put once, unless an answer is lost on the way; the reader removes such duplicates.
 *
 * <p>PutRecords promises no order within one batch: a record that was refused may come behind a later one of its key.
 * Not safe for use by several threads.
 */
public final class KinesisWriter implements AutoCloseable {
    static final int MAX_ATTEMPTS = 10;

    private static final int MAX_RECORDS = 500;
    private static final int MAX_BATCH_BYTES = 5 << 20;
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final int MAX_KEY_CHARS = 256;
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private final RecordPort port;
    private final Pause pause;
    private final List<Entry> batch = new ArrayList<>();
    private int batchBytes;
    private long sent;

    public KinesisWriter(RecordPort port) {
        this(port, time -> Thread.sleep(time.toMillis()));
    }

    KinesisWriter(RecordPort port, Pause pause) {
        this.port = port;
        this.pause = pause;
    }

    /**
     * Puts a record in the batch, and the batch on the stream when it is full.
     *
     * @param key records of one key stay in order as far as the stream keeps it; only its first 256 chars count
     * @throws IllegalArgumentException when it is larger than a stream takes, or the key is empty
     * @throws UnsentRecordsException when the stream does not take the batch
     */
    public void add(String key, byte[] data) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a record needs a partition key");
        }
        String shortKey = HeaderText.cap(key, MAX_KEY_CHARS);
        int size = data.length + shortKey.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("record of " + size + " bytes with its key; a stream takes at most "
                    + MAX_RECORD_BYTES + ", perhaps with compression");
        }
        if (batch.size() == MAX_RECORDS || batchBytes + size > MAX_BATCH_BYTES) {
            flush();
        }
        batch.add(new Entry(shortKey, data));
        batchBytes += size;
    }

    /** @throws UnsentRecordsException when the stream does not take all of the batch */
    public void flush() {
        List<Entry> left = List.copyOf(batch);
        batch.clear();
        batchBytes = 0;
        for (int attempt = 1; !left.isEmpty(); attempt++) {
            List<Failure> failures = put(left);
            sent += left.size() - failures.size();
            if (!failures.isEmpty() && attempt == MAX_ATTEMPTS) {
                throw new UnsentRecordsException(
                        sent, failures.size(), "after " + attempt + " attempts: " + reasons(failures), null);
            }
            left = failures.stream().map(Failure::index).map(left::get).toList();
            if (!left.isEmpty()) {
                await(attempt, left.size());
            }
        }
    }

    /** Records that the stream has taken. */
    public long sent() {
        return sent;
    }

    /** Flushes. */
    @Override
    public void close() {
        flush();
    }

    private List<Failure> put(List<Entry> left) {
        try {
            return port.put(left);
        } catch (RuntimeException e) {
            throw new UnsentRecordsException(sent, left.size(), e.getMessage(), e);
        }
    }

    /** Full jitter: many sensors that were refused together do not come back together. */
    private void await(int attempt, int unsent) {
        long most = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(attempt - 1, 20));
        try {
            pause.of(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnsentRecordsException(sent, unsent, "interrupted", e);
        }
    }

    private static String reasons(List<Failure> failures) {
        Map<String, Integer> codes = new HashMap<>();
        failures.forEach(failure -> codes.merge(failure.code(), 1, Integer::sum));
        return codes + ", such as '" + failures.get(0).message() + "'";
    }
}
