package io.datamill.sink.postgres;

import io.datamill.sink.outbox.FatalStoreException;
import io.datamill.sink.outbox.RowResult;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;

/**
 * Upserts batches, each in a transaction of its own. Where a row is refused, the batch is halved until it stands alone:
 * the driver rewrites a batch to statements of many rows, so that neither the update counts nor the failed index say
 * which it was. For the same reason a row that is not newer than the table's counts as written, not as stale.
 */
final class PostgresClient implements StoreClient {
    private final Connections connections;
    private final Table table;
    private final JdbcStatementBuilder<StoreRow> builder;
    private Connection checked;

    PostgresClient(Connections connections, Table table) {
        this.connections = connections;
        this.table = table;
        this.builder = table::bind;
    }

    @Override
    public List<RowResult> write(List<StoreRow> rows) throws Exception {
        RowResult[] results = new RowResult[rows.size()];
        Arrays.fill(results, RowResult.STALE);
        List<Integer> newest = newestOfEachKey(rows);
        try {
            write(connection(), rows, newest, results);
        } catch (SQLException e) {
            // The connection may be broken, or hold half a transaction; the next write starts with a new one.
            checked = null;
            connections.closeConnection();
            if (SqlStates.of(e) == SqlStates.FATAL) {
                throw new FatalStoreException(
                        "Postgres refuses to be written to (SQLSTATE " + SqlStates.state(e) + "): "
                                + SqlStates.message(e) + "; check the url's user and rights, or run: datamill migrate",
                        e);
            }
            throw e;
        }
        return List.of(results);
    }

    /** One statement must not touch a row twice. */
    private static List<Integer> newestOfEachKey(List<StoreRow> rows) {
        Map<StoreRow.Key, Integer> newest = new HashMap<>(2 * rows.size());
        for (int i = 0; i < rows.size(); i++) {
            newest.merge(
                    rows.get(i).key(),
                    i,
                    (a, b) -> rows.get(a).version() >= rows.get(b).version() ? a : b);
        }
        // Always in the same order, so that two writers of the same keys cannot lock each other out.
        List<Integer> indices = new ArrayList<>(newest.values());
        indices.sort(null);
        return indices;
    }

    private Connection connection() throws SQLException, ClassNotFoundException {
        Connection connection = connections.getOrEstablishConnection();
        if (connection != checked) {
            table.check(connection);
            connection.setAutoCommit(false);
            checked = connection;
        }
        return connection;
    }

    private void write(Connection connection, List<StoreRow> rows, List<Integer> indices, RowResult[] results)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.upsert())) {
            for (int index : indices) {
                builder.accept(statement, rows.get(index));
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            if (SqlStates.of(e) != SqlStates.REFUSED) {
                throw e;
            }
            connection.rollback();
            if (indices.size() == 1) {
                results[indices.get(0)] = new RowResult.Refused("SQLSTATE_" + SqlStates.state(e), SqlStates.message(e));
                return;
            }
            int half = indices.size() / 2;
            write(connection, rows, indices.subList(0, half), results);
            write(connection, rows, indices.subList(half, indices.size()), results);
            return;
        }
        for (int index : indices) {
            results[index] = RowResult.WRITTEN;
        }
    }

    @Override
    public void close() {
        connections.closeConnection();
    }
}
