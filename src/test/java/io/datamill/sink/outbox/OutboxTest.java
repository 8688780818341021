package io.datamill.sink.outbox;

import static io.datamill.sink.outbox.OutboxHarness.batches;
import static io.datamill.sink.outbox.OutboxHarness.impatient;
import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Reject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutboxTest {
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
    void writesAFullBatchAtOnce() throws Exception {
        Batching never = new Batching(3, Duration.ofHours(1), null, null, null);
        try (OutboxHarness outbox = OutboxHarness.start(name, never)) {
            outbox.send("a", 1);
            outbox.send("b", 1);
            outbox.send("c", 1);
            outbox.until(() -> store.versions().size() == 3);
            assertThat(store.writes()).isEqualTo(1);
        }
    }

    @Test
    void writesASmallBatchAfterTheLinger() throws Exception {
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(100))) {
            outbox.send("a", 1);
            outbox.until(() -> store.versions().size() == 1);
        }
    }

    @Test
    void rejectsTheRefusedRowWithTheStoresReasonAndWritesTheOthers() throws Exception {
        store.answer("bad", new RowResult.Refused("CODE_7", "no good"));
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(3))) {
            outbox.send("a", 1);
            outbox.send("bad", 2);
            outbox.send("c", 1);
            outbox.until(() -> !outbox.rejects().isEmpty());
            assertThat(store.received(row -> row.key().id())).containsExactly("a", "c");
            Reject reject = outbox.rejects().get(0);
            assertThat(reject.id()).isEqualTo("bad");
            assertThat(reject.position().sequenceNumber()).isEqualTo("2");
            assertThat(reject.cause()).isEqualTo(new Reject.Cause("sinks[0].fake", "CODE_7", "no good", "test@0"));
        }
    }

    @Test
    void writesRowsThatWerePutOffAgainWithoutHoldingUpOthers() throws Exception {
        store.answer("slow", new RowResult.Retry("429", "busy"));
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(2))) {
            outbox.send("slow", 1);
            for (int i = 0; i < 10; i++) {
                outbox.send("other" + i, 1);
            }
            outbox.until(() -> store.versions().size() >= 9);
            store.answer("slow", null);
            outbox.finish();
            assertThat(store.versions()).hasSize(11);
        }
    }

    @Test
    void finishDrainsWhatIsInMemoryAndWaitsOutFailures() throws Exception {
        store.fail(new IOException("connection refused"));
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(10))) {
            outbox.send(25);
            var thaw = new Thread(() -> {
                while (store.failures() < 5) {
                    Thread.onSpinWait();
                }
                store.fail(null);
            });
            thaw.start();
            outbox.finish();
            thaw.join();
            assertThat(store.versions()).hasSize(25);
        }
    }

    @Test
    void takesRowsAndSnapshotsWhileTheStoreIsFrozenAndWritesThemInOrderAfterwards() throws Exception {
        store.freeze();
        try (OutboxHarness outbox = OutboxHarness.start(name, impatient(10, 100_000))) {
            for (long version = 1; version <= 100; version++) {
                for (int id = 0; id < 20; id++) {
                    outbox.send("id" + id, version);
                }
                outbox.snapshot(version);
            }
            assertThat(store.versions()).isEmpty();
            store.thaw();
            outbox.finish();
        }
        for (int id = 0; id < 20; id++) {
            String one = "id" + id;
            List<Long> versions = store.received(row -> row).stream()
                    .filter(row -> row.key().id().equals(one))
                    .map(StoreRow::version)
                    .distinct()
                    .toList();
            assertThat(versions)
                    .isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
        }
    }

    @Test
    void aRowThatComesWhileOlderOnesDrainStaysBehindThem() throws Exception {
        store.freeze();
        Batching eager = new Batching(5, Duration.ZERO, Duration.ofMillis(200), null, null);
        try (OutboxHarness outbox = OutboxHarness.start(name, eager)) {
            for (long version = 1; version <= 200; version++) {
                outbox.send("id", version);
            }
            store.thaw();
            outbox.until(() -> store.writes() >= 2);
            outbox.send("id", 201);
            outbox.finish();
        }
        List<Long> versions =
                store.received(StoreRow::version).stream().distinct().toList();
        assertThat(versions).isEqualTo(LongStream.rangeClosed(1, 201).boxed().toList());
    }

    @Test
    void waitsWhereTheSpillIsFull() throws Exception {
        store.freeze();
        try (OutboxHarness outbox = OutboxHarness.start(name, impatient(5, 50))) {
            var thaw = new Thread(() -> {
                // Only a waiting task leaves the count as it is.
                long last = -1;
                while (last != outbox.sent() || last < 50) {
                    last = outbox.sent();
                    LockSupport.parkNanos(300_000_000);
                }
                outbox.noteWaiting();
                store.thaw();
            });
            thaw.start();
            outbox.send(400);
            assertThat(outbox.waitedAt()).isBetween(50L, 70L);
            outbox.finish();
            thaw.join();
        }
        assertThat(store.versions()).hasSize(400);
    }

    @Test
    void closesWhileAWriteHangs() throws Exception {
        store.freeze();
        OutboxHarness outbox = OutboxHarness.start(name, batches(1));
        outbox.send("a", 1);
        long start = System.nanoTime();
        outbox.close();
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
