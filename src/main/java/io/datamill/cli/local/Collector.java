package io.datamill.cli.local;

import io.datamill.event.Event;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Reject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Where the sinks of one local run find it again: they run in this process, but travel there as bytes. */
final class Collector {
    private static final AtomicLong NEXT = new AtomicLong();
    private static final Map<Long, Collector> OPEN = new ConcurrentHashMap<>();

    private final long number = NEXT.incrementAndGet();
    private final LocalOutput output;
    private final Map<String, LedgerEntry> totals = new HashMap<>();

    private Collector(LocalOutput output) {
        this.output = output;
    }

    static Collector open(LocalOutput output) {
        Collector collector = new Collector(output);
        OPEN.put(collector.number, collector);
        return collector;
    }

    static Collector of(long number) {
        return OPEN.get(number);
    }

    long number() {
        return number;
    }

    synchronized void outcome(String branch, Event event) {
        output.outcome(branch, event);
    }

    boolean lands(Event event) {
        return output.lands(event);
    }

    synchronized void reject(Reject reject) {
        output.reject(reject);
    }

    /** Totals only grow: the last one of each is the highest. */
    synchronized void total(LedgerEntry total) {
        totals.merge(
                total.tenant() + '/' + total.minute() + '/' + total.fate(),
                total,
                (before, now) -> before.count() > now.count() ? before : now);
    }

    synchronized Map<String, LedgerEntry> totals() {
        return Map.copyOf(totals);
    }

    void close() {
        OPEN.remove(number);
    }
}
