package io.datamill.alerter;

import io.datamill.alerter.channel.Channel;
import io.datamill.alerter.config.Action;
import io.datamill.alerter.config.AlerterConfig;
import io.datamill.alerter.config.StreamConfig;
import io.datamill.alerter.store.Database;
import io.datamill.alerter.store.Lease;
import io.datamill.alerter.store.LeaseLostException;
import io.datamill.alerter.stream.KinesisStream;
import io.datamill.alerter.stream.StreamReader.Pass;
import io.datamill.config.Reference;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Reads verdicts and tells the actions. One process of a name is at work; others stand by and take over when it is gone.
 */
public final class Alerter implements AutoCloseable {
    private static final long STANDBY_MILLIS = 2_000;
    private static final long IDLE_MILLIS = 500;

    /** Kinesis allows five reads a second of a shard. */
    private static final long BUSY_MILLIS = 220;

    private static final int MOST_FAILURES = 5;
    private static final String NO_TABLE = "42P01";

    private final Shift.Means means;
    private final Database database;
    private final Sender.Reporting reporting;
    private final Clock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private Alerter(Shift.Means means, Database database, Journal journal, Clock clock) {
        this.means = means;
        this.database = database;
        this.reporting = new Sender.Reporting(new Counts(), journal);
        this.clock = clock;
    }

    /**
     * Resolves all references; does not connect.
     *
     * @throws IllegalArgumentException without what a reference stands for, if that cannot be used
     * @throws Reference.UnresolvedReferenceException if one stands for nothing
     */
    public static Alerter open(AlerterConfig config, Journal journal, Clock clock) {
        Map<String, Channel> channels = new LinkedHashMap<>();
        for (Action action : config.actions()) {
            try {
                channels.put(action.name(), action.open(clock));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("action " + action.name() + ": " + e.getMessage(), e);
            }
        }
        Database database = new Database(config.state().url().resolve());
        StreamConfig source = config.source();
        String name = source.stream().resolve();
        String region = source.region() == null ? null : source.region().resolve();
        String endpoint = source.endpoint() == null ? "" : source.endpoint().resolve();
        KinesisStream stream = KinesisStream.open(name, region, endpoint.isEmpty() ? null : URI.create(endpoint));
        return new Alerter(new Shift.Means(config, name, stream, channels), database, journal, clock);
    }

    /**
     * Works, or stands by, until {@link #stop}.
     *
     * @throws AlerterException if it cannot go on
     */
    public void run() throws InterruptedException {
        try {
            boolean standby = false;
            while (stopped.getCount() > 0) {
                Optional<Lease> lease = take();
                if (lease.isPresent()) {
                    standby = false;
                    work(lease.get());
                } else if (!standby) {
                    standby = true;
                    reporting
                            .journal()
                            .write("standby", "another process is at work as this alerter; waiting for it to end");
                }
                if (lease.isEmpty()) {
                    pause(STANDBY_MILLIS);
                }
            }
        } finally {
            ended.countDown();
        }
    }

    /** Empty also where the database does not answer. */
    private Optional<Lease> take() {
        try {
            return Lease.take(database, means.config().alerter(), clock);
        } catch (SQLException e) {
            if (NO_TABLE.equals(e.getSQLState())) {
                throw new AlerterException("the tables of the alerter are missing; run: datamill migrate", e);
            }
            tell(e);
            return Optional.empty();
        }
    }

    private void work(Lease held) throws InterruptedException {
        reporting
                .journal()
                .write(
                        "at-work",
                        "reads " + means.streamName() + " for "
                                + means.channels().keySet());
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(means.channels().size());
        List<Future<?>> sending = new ArrayList<>();
        try (Lease lease = held) {
            Shift shift = new Shift(means, lease, reporting, clock);
            for (Sender sender : shift.senders()) {
                sending.add(threads.submit(() -> {
                    repeat(over, () -> sender.sendNext(clock.instant()) ? 0 : IDLE_MILLIS);
                    return null;
                }));
            }
            repeat(over, () -> {
                if (!lease.isHeld() || sending.stream().anyMatch(Future::isDone)) {
                    over.countDown();
                    return 0;
                }
                Pass pass = shift.read();
                shift.tick();
                return pass.tally().read() > 0 ? BUSY_MILLIS : IDLE_MILLIS;
            });
            over.countDown();
            join(sending);
            if (stopped.getCount() == 0) {
                shift.status();
                reporting.journal().write("stopped", "as it was told to");
            }
        } catch (SQLException e) {
            tell(e);
            pause(STANDBY_MILLIS);
        } finally {
            over.countDown();
            threads.shutdown();
        }
    }

    /** A task, and after how many milliseconds it is to be done again. */
    private interface Task {
        long run() throws SQLException;
    }

    /** Until this alerter stops, the shift is over or the lease is lost; the database may fail for a while. */
    private void repeat(CountDownLatch over, Task task) throws InterruptedException {
        while (stopped.getCount() > 0 && over.getCount() > 0) {
            long wait;
            try {
                wait = task.run();
            } catch (LeaseLostException e) {
                tell(e);
                over.countDown();
                return;
            } catch (SQLException e) {
                tell(e);
                wait = STANDBY_MILLIS;
            }
            if (wait > 0) {
                pause(wait);
            }
        }
    }

    /** Waits for what is being sent. */
    private static void join(List<Future<?>> sending) throws InterruptedException {
        for (Future<?> sender : sending) {
            try {
                sender.get();
            } catch (ExecutionException e) {
                throw new AlerterException("sending failed: " + e.getCause(), e);
            }
        }
    }

    /**
     * Reads to the present end, sends what is due and ends.
     *
     * @return false if another process is at work, and nothing was done
     * @throws SQLException if the database fails
     * @throws AlerterException if the stream cannot be read
     */
    public boolean once() throws SQLException, InterruptedException {
        Optional<Lease> taken = Lease.take(database, means.config().alerter(), clock);
        if (taken.isEmpty()) {
            return false;
        }
        try (Lease lease = taken.get()) {
            Shift shift = new Shift(means, lease, reporting, clock);
            readAll(shift);
            ExecutorService threads =
                    Executors.newFixedThreadPool(means.channels().size());
            try {
                Instant due = clock.instant();
                List<Callable<Void>> tasks = new ArrayList<>();
                for (Sender sender : shift.senders()) {
                    tasks.add(() -> {
                        boolean more = true;
                        while (more && stopped.getCount() > 0) {
                            more = sender.sendNext(due);
                        }
                        return null;
                    });
                }
                join(List.copyOf(threads.invokeAll(tasks)));
            } finally {
                threads.shutdown();
            }
            shift.tick();
            shift.status();
            return true;
        } finally {
            ended.countDown();
        }
    }

    private void readAll(Shift shift) throws SQLException, InterruptedException {
        int failures = 0;
        while (stopped.getCount() > 0) {
            Pass pass = shift.read();
            if (pass.isAtEnd()) {
                return;
            }
            failures = pass.problem().isEmpty() ? 0 : failures + 1;
            if (failures == MOST_FAILURES) {
                throw new AlerterException("the stream cannot be read: " + pass.problem(), null);
            }
            pause(BUSY_MILLIS);
        }
    }

    /** Ends {@link #run} and waits until what is being sent has been. */
    public void stop() throws InterruptedException {
        stopped.countDown();
        ended.await();
    }

    private void pause(long millis) throws InterruptedException {
        boolean ignored = stopped.await(millis, TimeUnit.MILLISECONDS);
    }

    private void tell(SQLException failure) {
        reporting
                .journal()
                .write("database", "SQLSTATE " + failure.getSQLState() + ": " + String.valueOf(failure.getMessage()));
    }

    @Override
    public void close() throws SQLException {
        means.stream().close();
        database.close();
    }
}
