package io.datamill.sink.postgres;

import io.datamill.config.Reference;
import io.datamill.event.Reject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The table {@code replayed_reject}: which of a pipeline's rejects have been run again, and what came of each. */
public final class ReplayedRejects implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What PostgreSQL says where there is no such table. */
    private static final String UNDEFINED_TABLE = "42P01";

    private final Connections connections;
    private final Connection connection;

    private ReplayedRejects(Connections connections, Connection connection) {
        this.connections = connections;
        this.connection = connection;
    }

    /** Which reject. */
    public record RejectKey(String tenant, String position, String step) {

        /** A tenant may be why it was rejected: what Postgres would not take of its name is written as a question mark. */
        public static RejectKey of(Reject reject) {
            byte[] tenant = reject.tenant().replace('\0', '?').getBytes(StandardCharsets.UTF_8);
            return new RejectKey(
                    new String(tenant, StandardCharsets.UTF_8),
                    reject.position().toString(),
                    reject.cause().step());
        }
    }

    /**
     * What came of it.
     *
     * @param pipeline name and version of the pipeline that it was run through
     * @param fate {@code OUT} where it has landed, {@code DROPPED} where a step has kept it from going on, as a filter does
     */
    public record Mark(Instant at, String pipeline, String fate) {}

    /**
     * Connects.
     *
     * @param url of the {@code ledger:} section
     * @throws SQLException if the server does not answer
     */
    public static ReplayedRejects open(Reference url) throws SQLException {
        Connections connections = new Connections(url, TIMEOUT);
        try {
            return new ReplayedRejects(connections, connections.getOrEstablishConnection());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the driver of Postgres is part of this program", e);
        }
    }

    /**
     * Keeps others from replaying the pipeline until this is closed: what two of them do not find in the lake, both would
     * write.
     *
     * @return false if somebody does already
     */
    public boolean lock(String pipeline) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, 0))")) {
            lock.setString(1, "datamill replay " + pipeline);
            try (ResultSet found = lock.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    /**
     * The marks of a pipeline, whatever its version.
     *
     * @param pipeline its name
     */
    public Map<RejectKey, Mark> of(String pipeline) throws SQLException {
        Map<RejectKey, Mark> marks = new HashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT tenant, position, step, replayed_at, version, fate"
                        + " FROM replayed_reject WHERE pipeline = ?")) {
            query.setString(1, pipeline);
            try (ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    marks.put(
                            new RejectKey(found.getString(1), found.getString(2), found.getString(3)),
                            new Mark(found.getTimestamp(4).toInstant(), found.getString(5), found.getString(6)));
                }
            }
        } catch (SQLException e) {
            throw UNDEFINED_TABLE.equals(e.getSQLState())
                    ? new SQLException("there is no table replayed_reject: run datamill migrate", e)
                    : e;
        }
        return marks;
    }

    /** Marks some, all or none; one that is marked already stays as it is. */
    public void mark(String pipeline, Collection<RejectKey> keys, Mark mark) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO replayed_reject"
                + " (pipeline, tenant, position, step, replayed_at, version, fate) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
            for (RejectKey key : keys) {
                insert.setString(1, pipeline);
                insert.setString(2, key.tenant());
                insert.setString(3, key.position());
                insert.setString(4, key.step());
                insert.setTimestamp(5, Timestamp.from(mark.at()));
                insert.setString(6, mark.pipeline());
                insert.setString(7, mark.fate());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    @Override
    public void close() {
        connections.closeConnection();
    }
}
