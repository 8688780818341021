package io.datamill.cli.replay;

import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.sink.postgres.ReplayedRejects.Mark;
import io.datamill.sink.postgres.ReplayedRejects.RejectKey;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rejects that are replayed: those of which an expression is true and that have not been replayed with success.
 *
 * <p>The payload of what a step refused is the record, or a record of its own where there were several events in one.
 * What a sink refused is known by its position alone: all rejects of its record are run as that record, from the raw lake.
 */
final class OpenRejects {
    private final List<StoredReject> chosen = new ArrayList<>();
    private final Map<String, List<StoredReject>> byRecord = new HashMap<>();
    private final Set<RejectKey> keys = new HashSet<>();

    /** @throws IllegalArgumentException if the expression has no value for one of them */
    static OpenRejects of(RejectStore store, Predicate<StoredReject> where, Map<RejectKey, Mark> marks)
            throws IOException {
        OpenRejects open = new OpenRejects();
        store.forEach(null, null, false, reject -> {
            StoredReject stored = new StoredReject(reject, null);
            if (!marks.containsKey(stored.key()) && where.test(stored)) {
                open.add(stored);
            }
        });
        return open;
    }

    private void add(StoredReject stored) {
        chosen.add(stored);
        keys.add(stored.key());
        byRecord.computeIfAbsent(record(stored.reject().position()), record -> new ArrayList<>())
                .add(stored);
    }

    List<StoredReject> all() {
        return List.copyOf(chosen);
    }

    boolean isEmpty() {
        return chosen.isEmpty();
    }

    /** The first arrival of one of them; there has to be one. */
    Instant from() {
        return chosen.stream().map(StoredReject::time).min(Instant::compareTo).orElseThrow();
    }

    /** The first moment behind them. */
    Instant to() {
        return chosen.stream()
                .map(StoredReject::time)
                .max(Instant::compareTo)
                .orElseThrow()
                .plusMillis(1);
    }

    /** Leaves out those that are not run. */
    void remove(Set<StoredReject> others) {
        chosen.removeAll(others);
        others.forEach(stored -> {
            keys.remove(stored.key());
            byRecord.computeIfPresent(record(stored.reject().position()), (record, rejects) -> {
                List<StoredReject> rest = new ArrayList<>(rejects);
                rest.remove(stored);
                return rest.isEmpty() ? null : rest;
            });
        });
    }

    /** Whether one of the rejects is of this record. */
    boolean isOf(Position position) {
        return byRecord.containsKey(record(position));
    }

    /** Those of what is at a position, which may be any part of a record that was rejected as a whole. */
    List<StoredReject> at(Position position) {
        List<StoredReject> rejects = byRecord.getOrDefault(record(position), List.of());
        if (isWhole(rejects)) {
            return rejects;
        }
        return rejects.stream()
                .filter(stored -> stored.reject().position().part() == position.part())
                .toList();
    }

    private static boolean isWhole(List<StoredReject> rejects) {
        return rejects.stream()
                .allMatch(stored ->
                        !stored.isOfSink() && stored.reject().position().part() == 0);
    }

    /** Those whose record is in the raw lake alone. */
    Set<StoredReject> ofSinks() {
        Set<StoredReject> rejects = new LinkedHashSet<>();
        byRecord.values().stream()
                .filter(one -> one.stream().anyMatch(StoredReject::isOfSink))
                .forEach(rejects::addAll);
        return rejects;
    }

    /** Gives the records that the rejects themselves have. */
    void forEachRecord(RejectStore store, RecordTaker taker) throws IOException {
        store.forEach(from(), to(), true, reject -> {
            List<StoredReject> rejects = byRecord.get(record(reject.position()));
            if (rejects != null
                    && keys.contains(RejectKey.of(reject))
                    && rejects.stream().noneMatch(StoredReject::isOfSink)) {
                taker.take(new SourceRecord(reject.position(), "", reject.payload()));
            }
        });
    }

    /** Takes a record. */
    interface RecordTaker {
        void take(SourceRecord record);
    }

    private static String record(Position position) {
        return position.at(0).toString();
    }
}
