package io.datamill.registry;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Connections to one database, of which some wait to be used again. One that a database has closed meanwhile, such as at
 * its restart, is not given out. Safe for use by several threads.
 */
final class Connections implements AutoCloseable {
    private static final int MOST_IDLE = 8;
    private static final int CHECK_SECONDS = 2;

    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private final String url;
    private final Properties properties = new Properties();
    private final BlockingQueue<Connection> idle = new LinkedBlockingQueue<>(MOST_IDLE);

    Connections(String url, String schema) {
        this.url = url;
        properties.setProperty("connectTimeout", "3"); // seconds; a client waits for 5 in all
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("currentSchema", schema);
    }

    /** In one transaction, which an exception undoes. */
    <T> T with(Work<T> work) throws SQLException {
        Connection connection = take();
        boolean done = false;
        try {
            T result = work.on(connection);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done || !idle.offer(connection)) {
                connection.close(); // and what was not committed is undone
            }
        }
    }

    @Override
    public void close() {
        for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new StoreException("cannot close a connection: " + e.getMessage(), e);
            }
        }
    }

    private Connection take() throws SQLException {
        for (Connection waiting = idle.poll(); waiting != null; waiting = idle.poll()) {
            if (waiting.isValid(CHECK_SECONDS)) {
                return waiting;
            }
            waiting.close();
        }
        Connection opened = DriverManager.getConnection(url, properties);
        opened.setAutoCommit(false);
        return opened;
    }
}
