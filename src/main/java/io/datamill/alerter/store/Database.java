package io.datamill.alerter.store;

import io.datamill.config.PostgresUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Connections to the alerter's Postgres, of which some wait to be used again. Safe for use by several threads. */
public final class Database implements AutoCloseable {
    private static final int MOST_IDLE = 16;

    private final String url;
    private final Properties properties = new Properties();
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>(MOST_IDLE);

    /** @throws IllegalArgumentException without the URL, which may hold a password, if it is none */
    public Database(String url) {
        this.url = PostgresUrl.checked(url);
        properties.setProperty("connectTimeout", "10"); // seconds
        // A server that is frozen and not gone sends no error: only this ends the wait.
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "datamill-alerter");
    }

    /** What is done in a transaction. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** In one transaction, which an exception undoes. */
    public <T> T with(Work<T> work) throws SQLException {
        Connection waiting = idle.poll();
        Connection connection = waiting == null ? open() : waiting;
        boolean done = false;
        try {
            T result = work.on(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done || !idle.offer(connection)) {
                connection.close(); // And what was not committed is undone.
            }
        }
    }

    /** A new connection, which the caller closes. */
    Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            connection.close();
        }
    }
}
