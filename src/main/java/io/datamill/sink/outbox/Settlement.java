package io.datamill.sink.outbox;

import io.datamill.sink.outbox.StoreWriter.Answer;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of each row when a write has ended, and what that says about the store. */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);

    private final String path;
    private final OutboxMetrics metrics;
    private final BiConsumer<StoreRow, RowResult.Refused> rejects;
    private final Breaker breaker = new Breaker();
    private long delayMillis;

    Settlement(String path, OutboxMetrics metrics, BiConsumer<StoreRow, RowResult.Refused> rejects) {
        this.path = path;
        this.metrics = metrics;
        this.rejects = rejects;
    }

    boolean isBreakerOpen() {
        return breaker.isOpen();
    }

    /** How long to leave the store alone after what was settled last. */
    long delayMillis() {
        return delayMillis;
    }

    /**
     * Counts and rejects what is done.
     *
     * @return the indices of the rows that are to be written again
     * @throws FatalStoreException if that is what the write ended with
     * @throws IllegalStateException if it ended with another RuntimeException: that is no answer of a store, and the
     *     same rows would end so for ever
     */
    BitSet settle(List<StoreRow> rows, Answer answer) {
        metrics.writeMillis.update(answer.millis());
        BitSet kept = new BitSet(rows.size());
        if (answer.failure() instanceof Error error) {
            throw error;
        } else if (answer.failure() instanceof FatalStoreException fatal) {
            throw new FatalStoreException(path + ": " + fatal.getMessage(), fatal);
        } else if (answer.failure() instanceof RuntimeException unforeseen) {
            StoreRow first = rows.get(0);
            throw new IllegalStateException(
                    path + " failed on a write of " + rows.size() + " rows, the first of event "
                            + first.key().id() + " of tenant " + first.key().tenant() + " at " + first.position()
                            + ": " + unforeseen,
                    unforeseen);
        } else if (answer.failure() != null) {
            kept.set(0, rows.size());
            failed(answer.timedOut(), answer.failure().toString());
        } else {
            settleEach(rows, answer.results(), kept);
        }
        metrics.retried.inc(kept.cardinality());
        return kept;
    }

    private void settleEach(List<StoreRow> rows, List<RowResult> results, BitSet kept) {
        RowResult.Retry last = null;
        for (int i = 0; i < rows.size(); i++) {
            RowResult result = results.get(i);
            if (result instanceof RowResult.Written) {
                metrics.written.inc();
            } else if (result instanceof RowResult.Stale) {
                metrics.stale.inc();
            } else if (result instanceof RowResult.Refused refused) {
                metrics.refused.inc();
                rejects.accept(rows.get(i), refused);
            } else if (result instanceof RowResult.Retry retry) {
                kept.set(i);
                last = retry;
            }
        }
        if (last != null && kept.cardinality() == rows.size()) {
            failed(false, last.code() + ": " + last.reason());
            return;
        }
        delayMillis = breaker.deferral(kept.cardinality());
        if (breaker.succeeded()) {
            LOG.info("{}: the store answers again; what waits in state is written now", path);
        }
    }

    private void failed(boolean timedOut, String cause) {
        if (breaker.failed(timedOut)) {
            LOG.warn("{}: the store does not answer; rows wait in state until it does: {}", path, cause);
        }
        delayMillis = breaker.delay();
    }
}
