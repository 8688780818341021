package io.datamill.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry over HTTP: see docs/registry.md. {@value #THREADS} requests at a time, {@value #WAITING} more wait, and
 * what comes beyond is cut off, which a client tries again. It asks nobody who he is: it belongs behind what does.
 */
public final class RegistryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final int THREADS = 16;
    private static final int WAITING = 256;
    private static final int LAST_SECONDS = 5;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Routes routes;

    private RegistryServer(HttpServer http, SchemaStore store) {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                work -> new Thread(work, "registry-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        this.http = http;
        this.threads = pool;
        this.routes = new Routes(new Registry(store));
    }

    /**
     * Answers from here on.
     *
     * @param address with port 0 for any free one
     * @throws BindException if the port is taken, or the host is not this machine
     */
    public static RegistryServer start(InetSocketAddress address, SchemaStore store) throws IOException {
        RegistryServer server = new RegistryServer(HttpServer.create(address, WAITING), store);
        server.http.createContext("/", server::handle);
        server.http.setExecutor(server.threads);
        server.http.start();
        return server;
    }

    /** Where it answers, such as {@code http://127.0.0.1:8085}. */
    public URI url() {
        InetSocketAddress address = http.getAddress();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort());
    }

    /** Waits for requests that are being answered, but not for long; the store stays open. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = 200;
            ObjectNode body;
            try {
                body = routes.answer(exchange);
            } catch (Refusal e) {
                status = e.status();
                body = error(e.code(), e.getMessage());
                if (!e.reasons().isEmpty()) {
                    ArrayNode reasons = body.putArray("reasons");
                    e.reasons().forEach(reasons::add);
                }
            } catch (StoreException e) {
                LOG.warn("the store failed at {}", exchange.getRequestURI(), e);
                status = 503;
                body = error("store-failed", e.getMessage());
            } catch (RuntimeException | StackOverflowError e) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                status = 500;
                body = error("failed", "the server failed: " + e.getClass().getSimpleName());
            }
            send(exchange, status, body);
        }
    }

    private static ObjectNode error(String code, String message) {
        return JsonNodeFactory.instance.objectNode().put("error", code).put("message", message);
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
