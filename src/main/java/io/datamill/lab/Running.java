package io.datamill.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server that answers.
 *
 * @param took from the start of the lab's start
 */
public record Running(Server server, String url, Duration took) {
    /**
     * Starts each in a thread of its own.
     *
     * @throws LabException the first failure
     */
    static Map<Server, Running> startAll(Set<Server> servers, Sites sites) {
        var threads = Executors.newFixedThreadPool(servers.size(), task -> {
            var thread = new Thread(task, "lab-start");
            thread.setDaemon(true);
            return thread;
        });
        CompletionService<Running> starts = new ExecutorCompletionService<>(threads);
        try {
            long begin = System.nanoTime();
            servers.forEach(server -> starts.submit(() -> {
                String url = server.start(sites.of(server));
                return new Running(server, url, Duration.ofNanos(System.nanoTime() - begin));
            }));
            Map<Server, Running> running = new EnumMap<>(Server.class);
            while (running.size() < servers.size()) {
                Running started = starts.take().get();
                running.put(started.server(), started);
            }
            return running;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException known
                    ? known
                    : new LabException("the lab cannot start: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("the lab's start was interrupted", e);
        } finally {
            end(threads);
        }
    }

    /** After a failure the others must not go on in a directory that is being deleted. */
    private static void end(ExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(Child.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new LabException("a server of the lab is still starting after " + Child.LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without the URL, which may hold a password. */
    @Override
    public String toString() {
        return server.label() + " after " + took.toMillis() + " ms";
    }

    interface Sites {
        Site of(Server server) throws IOException;
    }
}
