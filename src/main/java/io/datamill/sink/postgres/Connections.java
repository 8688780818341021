package io.datamill.sink.postgres;

import io.datamill.config.PostgresUrl;
import io.datamill.config.Reference;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions.JdbcConnectionOptionsBuilder;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/** The JDBC connector's connection, whose URL is resolved where it is used: it holds a password as a rule. */
final class Connections implements JdbcConnectionProvider, Serializable {
    private static final long serialVersionUID = 1L;

    private final Reference url;
    private final Duration timeout;
    private transient SimpleJdbcConnectionProvider resolved;

    /** @param timeout of connecting and of each answer, at least a second */
    Connections(Reference url, Duration timeout) {
        this.url = url;
        this.timeout = timeout;
    }

    private SimpleJdbcConnectionProvider resolved() {
        if (resolved == null) {
            int limit = Math.max(1, Math.toIntExact(timeout.toSeconds()));
            String seconds = Integer.toString(limit);
            resolved = new SimpleJdbcConnectionProvider(new JdbcConnectionOptionsBuilder()
                    .withUrl(PostgresUrl.checked(url.resolve()))
                    .withDriverName("org.postgresql.Driver")
                    .withConnectionCheckTimeoutSeconds(limit)
                    .withProperty("reWriteBatchedInserts", "true")
                    // A server that is frozen and not gone sends no error: only this ends the wait.
                    .withProperty("socketTimeout", seconds)
                    .withProperty("connectTimeout", seconds)
                    .withProperty("tcpKeepAlive", "true")
                    .withProperty("ApplicationName", "datamill")
                    .build());
        }
        return resolved;
    }

    /**
     * Resolves the reference; does not connect.
     *
     * @throws IllegalArgumentException without the URL itself, which may hold a password
     */
    void open() {
        resolved();
    }

    @Override
    public Connection getConnection() {
        return resolved().getConnection();
    }

    @Override
    public boolean isConnectionValid() throws SQLException {
        return resolved().isConnectionValid();
    }

    @Override
    public Connection getOrEstablishConnection() throws SQLException, ClassNotFoundException {
        return resolved().getOrEstablishConnection();
    }

    @Override
    public void closeConnection() {
        resolved().closeConnection();
    }

    @Override
    public Connection reestablishConnection() throws SQLException, ClassNotFoundException {
        return resolved().reestablishConnection();
    }
}
