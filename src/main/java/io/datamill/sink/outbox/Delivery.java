package io.datamill.sink.outbox;

import io.datamill.sink.outbox.Spill.Waiting;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides what is written next and where rows wait until then. Everything here runs on the task's thread.
 *
 * <p>Whenever rows wait, something is under way that calls {@link #pump} again: a write, or the clock.
 */
final class Delivery {
    private static final int PROBE_ROWS = 10;

    private final Batching batching;
    private final Spill spill;
    private final StoreWriter writer;
    private final Settlement settlement;
    private final RowQueue queue;
    private List<StoreRow> inFlight = List.of();
    private boolean writing;
    private boolean spilledLast;
    private long notBefore = System.nanoTime();
    private long alarm;
    private boolean alarmSet;

    Delivery(Batching batching, Spill spill, StoreWriter writer, Settlement settlement) {
        this.batching = batching;
        this.spill = spill;
        this.writer = writer;
        this.settlement = settlement;
        this.queue = new RowQueue(batching.rows(), batching.linger().toNanos());
    }

    /** Takes a row that was in memory when the snapshot was made. */
    void restored(StoreRow row) {
        queue.add(row);
    }

    /** Returns false if there is no room: to be tried again once the mailbox has brought something. */
    boolean accept(int bucket, StoreRow row) throws Exception {
        if (settlement.isBreakerOpen() || spill.holds(bucket)) {
            if (spill.isFull()) {
                return false;
            }
            spill.append(bucket, row);
            return true;
        }
        if (queue.isFull()) {
            pump(false);
            if (queue.isFull()) {
                return false;
            }
        }
        boolean first = queue.isEmpty();
        queue.add(row);
        if (first || queue.isFull()) {
            pump(false);
        }
        return true;
    }

    /**
     * Starts the next write if there is one to start, or sees to it that it is started later.
     *
     * @param now without waiting for more rows
     */
    void pump(boolean now) throws Exception {
        if (writing) {
            return;
        }
        long wait = notBefore - System.nanoTime();
        if (wait > 0) {
            wakeIn(wait);
            return;
        }
        boolean due = !queue.isEmpty() && (now || queue.isFull() || queue.remainingLinger() <= 0);
        // Rows in state and rows in memory take turns.
        if (spill.size() > 0 && !(due && spilledLast)) {
            writeSpilled();
        } else if (due) {
            writeQueued();
        } else if (!queue.isEmpty()) {
            wakeIn(queue.remainingLinger());
        }
    }

    boolean isDone() {
        return !writing && queue.isEmpty() && spill.size() == 0;
    }

    long backlog() {
        return queue.size() + inFlight.size() + spill.size();
    }

    /** What is in no state yet, in order. */
    void inMemory(Consumer<StoreRow> rows) {
        inFlight.forEach(rows);
        queue.rows().forEach(rows);
    }

    void close() throws InterruptedException {
        writer.close();
    }

    private void writeQueued() {
        writing = true;
        spilledLast = false;
        inFlight = queue.take();
        writer.write(inFlight, answer -> {
            writing = false;
            List<StoreRow> rows = inFlight;
            inFlight = List.of();
            BitSet kept = settlement.settle(rows, answer);
            queue.putBack(kept.stream().mapToObj(rows::get).toList());
            settled();
        });
    }

    /** While the breaker is open, a few rows ask how the store is. */
    private void writeSpilled() throws Exception {
        List<Waiting> waiting = spill.head(settlement.isBreakerOpen() ? PROBE_ROWS : batching.rows());
        List<StoreRow> rows = waiting.stream().map(Waiting::row).toList();
        writing = true;
        spilledLast = true;
        writer.write(rows, answer -> {
            writing = false;
            BitSet kept = settlement.settle(rows, answer);
            for (int i = kept.nextClearBit(0); i < rows.size(); i = kept.nextClearBit(i + 1)) {
                spill.remove(waiting.get(i));
            }
            settled();
        });
    }

    private void settled() throws Exception {
        notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settlement.delayMillis());
        if (settlement.isBreakerOpen()) {
            for (StoreRow row : queue.takeAll()) {
                spill.append(row.key().bucket(), row);
            }
        }
        pump(false);
    }

    private void wakeIn(long nanos) {
        long at = System.nanoTime() + nanos;
        if (alarmSet && alarm - at <= 0) {
            return;
        }
        alarm = at;
        alarmSet = true;
        writer.after(TimeUnit.NANOSECONDS.toMillis(nanos) + 1, () -> {
            alarmSet = false;
            pump(false);
        });
    }
}
