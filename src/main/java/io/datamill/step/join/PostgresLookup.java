package io.datamill.step.join;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.datamill.event.Event;
import io.datamill.step.AsyncStep;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.generic.GenericData;

/**
 * Finds rows in Postgres without holding the events behind, and remembers them for a while, also that there is none. A
 * key is asked for once at a time.
 */
final class PostgresLookup implements AsyncStep {
    private static final long serialVersionUID = 1L;
    private static final int CONNECTIONS = 4;

    private final String id;
    private final PostgresRows.Query query;
    private final int[] positions;
    private final int capacity;
    private final int remembered;
    private final Duration refresh;
    private transient Cache<List<String>, CompletableFuture<GenericData.Record>> rows;
    private transient ExecutorService threads;
    private transient BlockingQueue<PostgresRows> connections;

    /** @param positions of the fields that make the key, in the order of the query's parameters */
    PostgresLookup(String id, PostgresRows.Query query, int[] positions, Lookup.Upkeep upkeep) {
        this.id = id;
        this.query = query;
        this.positions = positions;
        this.capacity = upkeep.capacity();
        this.remembered = upkeep.cache();
        this.refresh = upkeep.refresh();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void open() throws SQLException, InterruptedException {
        rows = CacheBuilder.newBuilder()
                .maximumSize(remembered)
                .expireAfterWrite(refresh)
                .build();
        connections = new ArrayBlockingQueue<>(CONNECTIONS);
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(new PostgresRows(query));
        }
        connections.element().check();
        threads = Executors.newFixedThreadPool(CONNECTIONS, task -> {
            Thread thread = new Thread(task, "lookup-" + id);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public CompletionStage<Event> apply(Event event) {
        List<String> key = key(event);
        if (key == null) {
            return CompletableFuture.completedFuture(with(event, null));
        }
        return row(key).thenApply(row -> with(event, row));
    }

    private CompletableFuture<GenericData.Record> row(List<String> key) {
        try {
            return rows.get(key, () -> CompletableFuture.supplyAsync(() -> ask(key), threads));
        } catch (ExecutionException e) {
            throw new IllegalStateException("lookup of " + key, e);
        }
    }

    private GenericData.Record ask(List<String> key) {
        try {
            PostgresRows connection = connections.take();
            try {
                return connection.find(key);
            } finally {
                connections.add(connection);
            }
        } catch (SQLException e) {
            rows.invalidate(key);
            throw new CompletionException("lookup of " + key + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException("the step was closed while it looked up " + key, e);
        }
    }

    private static Event with(Event event, GenericData.Record row) {
        Object[] values = event.widened(1);
        values[values.length - 1] = row;
        return event.withValues(values);
    }

    private List<String> key(Event event) {
        List<String> key = new ArrayList<>(positions.length);
        for (int position : positions) {
            Object value = event.values()[position];
            if (value == null) {
                return null;
            }
            key.add(value.toString());
        }
        return key;
    }

    /** Connections that a thread still holds end with the process's sockets, or when it gives them back. */
    @Override
    public void close() throws SQLException {
        if (threads != null) {
            threads.shutdownNow();
        }
        if (connections != null) {
            for (PostgresRows connection : connections) {
                connection.close();
            }
        }
    }
}
