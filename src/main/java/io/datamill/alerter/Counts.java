package io.datamill.alerter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.alerter.store.Tally;
import java.util.concurrent.atomic.LongAdder;

/** What this process has done since its start. Safe for use by several threads. */
final class Counts {
    private final LongAdder sent = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private Tally taken = Tally.NONE;

    synchronized void taken(Tally more) {
        taken = taken.plus(more);
    }

    void sent() {
        sent.increment();
    }

    void retried() {
        retried.increment();
    }

    void failed() {
        failed.increment();
    }

    synchronized void write(ObjectNode entry) {
        entry.put("read", taken.read())
                .put("acted", taken.acted())
                .put("opened", taken.opened())
                .put("monitored", taken.monitored())
                .put("repeated", taken.repeated())
                .put("ignored", taken.ignored())
                .put("rejected", taken.rejected())
                .put("sent", sent.sum())
                .put("retried", retried.sum())
                .put("failed", failed.sum());
    }
}
