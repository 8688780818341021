package io.datamill.sink.outbox;

import static io.datamill.sink.outbox.OutboxHarness.batches;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failures that writing again cannot heal: waiting for the store would hide them. */
@Timeout(60)
class OutboxFailureTest {
    private final String name = getClass().getSimpleName();
    private final FakeStore store = FakeStore.named(name);

    @Test
    void failsTheJobWhereWritingAgainCannotHelp() throws Exception {
        store.fail(new FatalStoreException("no table t; run datamill migrate", null));
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(1))) {
            outbox.send("a", 1);
            assertThatThrownBy(outbox::finish)
                    .isInstanceOf(FatalStoreException.class)
                    .hasMessage("sinks[0].fake: no table t; run datamill migrate");
        }
    }

    @Test
    void failsTheJobWhereAWriteFailsInAWayNobodyForesaw() throws Exception {
        store.fail(new IllegalStateException("row does not fit"));
        try (OutboxHarness outbox = OutboxHarness.start(name, batches(1))) {
            outbox.send("a", 1);
            assertThatThrownBy(outbox::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("sinks[0].fake", "event a of tenant acme", "row does not fit");
        }
    }
}
