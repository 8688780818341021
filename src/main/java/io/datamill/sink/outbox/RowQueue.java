package io.datamill.sink.outbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Rows in memory on their way to the store, oldest first: at most about one batch. */
final class RowQueue {
    private final int maxRows;
    private final long lingerNanos;
    private final ArrayDeque<StoreRow> rows = new ArrayDeque<>();
    private long bytes;
    private long since;

    RowQueue(int maxRows, long lingerNanos) {
        this.maxRows = maxRows;
        this.lingerNanos = lingerNanos;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    int size() {
        return rows.size();
    }

    Collection<StoreRow> rows() {
        return Collections.unmodifiableCollection(rows);
    }

    boolean isFull() {
        return rows.size() >= maxRows || bytes >= Batching.MAX_BYTES;
    }

    void add(StoreRow row) {
        if (rows.isEmpty()) {
            since = System.nanoTime();
        }
        rows.add(row);
        bytes += row.bytes();
    }

    /** Puts rows that were taken back to where they were. */
    void putBack(List<StoreRow> taken) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            rows.addFirst(taken.get(i));
            bytes += taken.get(i).bytes();
        }
    }

    /** Nanoseconds until the oldest row has waited long enough for others; not positive if it has. */
    long remainingLinger() {
        return since + lingerNanos - System.nanoTime();
    }

    /** The oldest rows that fit into one write; at least one. */
    List<StoreRow> take() {
        List<StoreRow> taken = new ArrayList<>(Math.min(maxRows, rows.size()));
        long size = 0;
        while (!rows.isEmpty() && taken.size() < maxRows) {
            size += rows.peek().bytes();
            if (size > Batching.MAX_BYTES && !taken.isEmpty()) {
                break;
            }
            taken.add(rows.poll());
        }
        taken.forEach(row -> bytes -= row.bytes());
        since = System.nanoTime();
        return taken;
    }

    List<StoreRow> takeAll() {
        List<StoreRow> all = new ArrayList<>(rows);
        rows.clear();
        bytes = 0;
        return all;
    }
}
