package io.datamill.sink.outbox;

import static io.datamill.sink.outbox.OutboxHarness.batches;
import static io.datamill.sink.outbox.OutboxHarness.impatient;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxRestoreTest {
    private String name;
    private FakeStore store;

    @BeforeEach
    void aStore(TestInfo test) {
        name = test.getDisplayName();
        store = FakeStore.named(name);
    }

    @AfterEach
    void letWritesEnd() {
        store.thaw();
    }

    @Test
    void aRestoreAtAnotherParallelismWritesWhatTheSnapshotHeld() throws Exception {
        store.freeze();
        OperatorSubtaskState state;
        try (OutboxHarness outbox = OutboxHarness.start(name, impatient(10, 100_000))) {
            outbox.send(500); // Some in memory, some in state.
            state = outbox.snapshot(1);
        }
        FakeStore afterwards = FakeStore.named(name);
        store.thaw();
        for (int subtask = 0; subtask < 2; subtask++) {
            OperatorSubtaskState part = AbstractStreamOperatorTestHarness.repartitionOperatorState(
                    state, OutboxHarness.MAX_PARALLELISM, 1, 2, subtask);
            try (OutboxHarness outbox = OutboxHarness.restore(name, batches(10), part, 2, subtask)) {
                int before = afterwards.versions().size();
                outbox.finish();
                assertThat(afterwards.versions().size() - before).isBetween(100, 400);
            }
        }
        assertThat(afterwards.versions()).hasSize(500);
        assertThat(afterwards.received(row -> row)).hasSize(500);
    }

    @Test
    void aSnapshotHoldsRowsInFlightButNotThoseThatWereWritten() throws Exception {
        OperatorSubtaskState state;
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(10))) {
            outbox.send(10);
            outbox.snapshot(1); // Pending then, written by the next.
            outbox.until(() -> store.versions().size() == 10);
            outbox.until(outbox::isIdle);
            store.freeze();
            outbox.send("late", 1);
            state = outbox.snapshot(2);
        }
        FakeStore afterwards = FakeStore.named(name);
        try (OutboxHarness outbox = OutboxHarness.restore(name, batches(10), state, 1, 0)) {
            outbox.finish();
        }
        assertThat(afterwards.received(row -> row.key().id())).containsExactly("late");
    }
}
