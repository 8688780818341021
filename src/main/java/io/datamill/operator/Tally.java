package io.datamill.operator;

import io.datamill.event.Fate;
import io.datamill.event.LedgerEntry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

/**
 * Counts fates within one subtask between two checkpoints. It is emptied downstream before each barrier, so that it
 * needs no state of its own and counts each record exactly once.
 */
final class Tally {
    private static final long MINUTE = 60_000;

    private final Map<String, Map<Long, Map<Fate, Counter>>> counts = new HashMap<>();

    /** @param arrivalTime milliseconds since the epoch */
    void add(String tenant, long arrivalTime, Fate fate) {
        counts.computeIfAbsent(tenant, t -> new HashMap<>())
                .computeIfAbsent(Math.floorDiv(arrivalTime, MINUTE), m -> new EnumMap<>(Fate.class))
                .computeIfAbsent(fate, f -> new SimpleCounter())
                .inc();
    }

    void drain(Consumer<LedgerEntry> out) {
        counts.forEach((tenant, minutes) -> minutes.forEach((minute, fates) -> fates.forEach(
                (fate, count) -> out.accept(new LedgerEntry(tenant, minute * MINUTE, fate, count.getCount())))));
        counts.clear();
    }
}
