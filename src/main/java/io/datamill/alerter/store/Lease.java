package io.datamill.alerter.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The right to be the one process at work under a name. An advisory lock tells others that it is at work; it ends with its
 * connection, of which the process may not know. So each who takes over raises an epoch, and a transaction of an older
 * one is refused.
 */
public final class Lease implements AutoCloseable {
    /** The first half of the lock's key: "alrt". */
    private static final int LOCK = 0x616c7274;

    private static final int CHECK_SECONDS = 5;

    private final Database database;
    private final Connection lock;
    private final String alerter;
    private final long epoch;

    private Lease(Database database, Connection lock, String alerter, long epoch) {
        this.database = database;
        this.lock = lock;
        this.alerter = alerter;
        this.epoch = epoch;
    }

    /** The lease, or empty while another process has it. */
    public static Optional<Lease> take(Database database, String alerter, Clock clock) throws SQLException {
        Connection lock = database.open();
        boolean taken = false;
        try {
            lock.setAutoCommit(true);
            if (!isLocked(lock, alerter)) {
                return Optional.empty();
            }
            Lease lease = new Lease(database, lock, alerter, raise(database, alerter, clock));
            taken = true;
            return Optional.of(lease);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    private static boolean isLocked(Connection lock, String alerter) throws SQLException {
        try (PreparedStatement statement = lock.prepareStatement("SELECT pg_try_advisory_lock(?, hashtext(?))")) {
            statement.setInt(1, LOCK);
            statement.setString(2, alerter);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Waits for what the one before has begun. */
    private static long raise(Database database, String alerter, Clock clock) throws SQLException {
        return database.with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO alerter_lease AS l (alerter, epoch, since) VALUES (?, 1, ?)"
                            + " ON CONFLICT (alerter) DO UPDATE SET epoch = l.epoch + 1, since = EXCLUDED.since"
                            + " RETURNING epoch")) {
                statement.setString(1, alerter);
                statement.setObject(2, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1);
                }
            }
        });
    }

    public String alerter() {
        return alerter;
    }

    /** Whether the lock's connection still lives. */
    public boolean isHeld() throws SQLException {
        return lock.isValid(CHECK_SECONDS);
    }

    /**
     * In one transaction, which an exception undoes.
     *
     * @throws LeaseLostException if another process has taken over
     */
    public <T> T with(Database.Work<T> work) throws SQLException {
        return database.with(connection -> {
            // Shared: who takes over waits until this transaction is done.
            try (PreparedStatement fence = connection.prepareStatement(
                    "SELECT 1 FROM alerter_lease WHERE alerter = ? AND epoch = ? FOR SHARE")) {
                fence.setString(1, alerter);
                fence.setLong(2, epoch);
                try (ResultSet result = fence.executeQuery()) {
                    if (!result.next()) {
                        throw new LeaseLostException(alerter);
                    }
                }
            }
            return work.on(connection);
        });
    }

    @Override
    public void close() throws SQLException {
        lock.close();
    }
}
