package io.datamill.sink.outbox;

import io.datamill.event.Position;
import io.datamill.event.Reject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** An outbox subtask with a mailbox that the test turns. */
final class OutboxHarness implements AutoCloseable {
    static final int MAX_PARALLELISM = 720;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KeyedOneInputStreamOperatorTestHarness<Integer, StoreRow, Reject> harness;
    private final TaskMailbox mailbox;
    private final AtomicLong sent = new AtomicLong();
    private volatile long waitedAt;

    private OutboxHarness(String store, Batching batching, int parallelism, int subtask) throws Exception {
        OutboxSpec spec = new OutboxSpec("sinks[0].fake", "fake", "test@0", batching, FakeStore.factory(store));
        harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new OutboxFactory(spec), row -> row.key().bucket(), Types.INT, MAX_PARALLELISM, parallelism, subtask);
        mailbox = harness.getTaskMailbox();
    }

    static OutboxHarness start(String store, Batching batching) throws Exception {
        return restore(store, batching, null, 1, 0);
    }

    static OutboxHarness restore(
            String store, Batching batching, OperatorSubtaskState state, int parallelism, int subtask)
            throws Exception {
        OutboxHarness outbox = new OutboxHarness(store, batching, parallelism, subtask);
        if (state != null) {
            outbox.harness.initializeState(state);
        }
        outbox.harness.open();
        return outbox;
    }

    /** Batches of {@code rows}, a short linger, and a timeout long enough not to be met by chance. */
    static Batching batches(int rows) {
        return new Batching(rows, Duration.ofMillis(20), Duration.ofSeconds(30), null, null);
    }

    static Batching impatient(int rows, long spillRows) {
        return new Batching(rows, Duration.ofMillis(20), Duration.ofMillis(200), spillRows, null);
    }

    static StoreRow row(String id, long version) {
        Position position = new Position("stream", "shard-0", Long.toString(version), version);
        return new StoreRow(new StoreRow.Key("acme", id), version, 1_000, position, new byte[] {1, 2, 3});
    }

    void send(String id, long version) throws Exception {
        harness.processElement(row(id, version), 0);
        sent.incrementAndGet();
    }

    /** So many rows of as many ids. */
    void send(int rows) throws Exception {
        for (int i = 0; i < rows; i++) {
            send("id" + i, 1);
        }
    }

    /** How many rows the outbox has taken; read by other threads. */
    long sent() {
        return sent.get();
    }

    void noteWaiting() {
        waitedAt = sent.get();
    }

    long waitedAt() {
        return waitedAt;
    }

    boolean isIdle() {
        return ((Outbox) harness.getOperator()).isIdle();
    }

    OperatorSubtaskState snapshot(long id) throws Exception {
        harness.prepareSnapshotPreBarrier(id);
        return harness.snapshot(id, id);
    }

    /** Ends the bounded input. */
    void finish() throws Exception {
        harness.endInput();
        harness.getOperator().finish();
    }

    List<Reject> rejects() {
        return harness.extractOutputValues();
    }

    /** Runs what other threads have put into the mailbox until the condition holds. */
    void until(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not so after " + PATIENCE);
            }
            var mail = mailbox.tryTake(TaskMailbox.MIN_PRIORITY);
            if (mail.isPresent()) {
                mail.get().run();
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws Exception {
        harness.getOperator().close(); // The harness itself would finish first, and a frozen store never lets it.
    }
}
