package io.datamill.sink.outbox;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.util.function.RunnableWithException;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Runs writes beside the task's thread, one at a time, and brings their answers back to it.
 *
 * <p>Time is its own and not Flink's: processing-time timers do not fire any more while a bounded input finishes.
 */
final class StoreWriter {
    private static final long CLOSE_SECONDS = 2;

    /**
     * How a write ended.
     *
     * @param results one for each row; null where the write failed
     * @param failure null where the store answered
     */
    record Answer(List<RowResult> results, Throwable failure, long millis) {
        boolean timedOut() {
            return failure instanceof TimeoutException;
        }
    }

    private final StoreClient client;
    private final MailboxExecutor mailbox;
    private final long timeoutMillis;
    private final ExecutorService thread;
    private final ScheduledExecutorService clock;
    private Future<?> timeout;

    StoreWriter(String name, StoreClient client, MailboxExecutor mailbox, long timeoutMillis) {
        this.client = client;
        this.mailbox = mailbox;
        this.timeoutMillis = timeoutMillis;
        this.thread = Executors.newSingleThreadExecutor(daemon("write " + name));
        this.clock = Executors.newSingleThreadScheduledExecutor(daemon("clock " + name));
    }

    /**
     * Starts a write. A write that hangs beyond the timeout keeps the thread; those after it then time out as well.
     *
     * @param done gets the answer on the task's thread, exactly once
     */
    void write(List<StoreRow> rows, ThrowingConsumer<Answer, Exception> done) {
        long start = System.nanoTime();
        AtomicBoolean answered = new AtomicBoolean();
        Future<?> write = thread.submit(() -> answer(answered, run(rows, start), done));
        timeout = clock.schedule(
                () -> {
                    write.cancel(true);
                    String message = "no answer within " + timeoutMillis + " ms";
                    answer(answered, new Answer(null, new TimeoutException(message), since(start)), done);
                },
                timeoutMillis,
                TimeUnit.MILLISECONDS);
    }

    /** Runs {@code action} on the task's thread after a while. */
    void after(long millis, RunnableWithException action) {
        Future<?> unused = clock.schedule(() -> mailbox.execute(action, "outbox clock"), millis, TimeUnit.MILLISECONDS);
    }

    /** Never hangs: a write that does is left to its daemon thread and the client's own timeouts. */
    void close() throws InterruptedException {
        clock.shutdownNow();
        Future<?> unused = thread.submit(() -> {
            client.close();
            return null;
        });
        thread.shutdown();
        if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    private Answer run(List<StoreRow> rows, long start) {
        try {
            List<RowResult> results = client.write(rows);
            if (results.size() != rows.size()) {
                throw new IllegalStateException(results.size() + " results for " + rows.size() + " rows");
            }
            return new Answer(results, null, since(start));
        } catch (Throwable failure) { // An Error too has to reach the task's thread, which fails the job with it.
            return new Answer(null, failure, since(start));
        }
    }

    private void answer(AtomicBoolean answered, Answer answer, ThrowingConsumer<Answer, Exception> done) {
        if (answered.compareAndSet(false, true)) {
            mailbox.execute(
                    () -> {
                        timeout.cancel(false);
                        done.accept(answer);
                    },
                    "outbox answer");
        }
    }

    private static long since(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
