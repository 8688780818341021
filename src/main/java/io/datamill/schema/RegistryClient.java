package io.datamill.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks to {@code datamill registry serve}: one request, one answer in JSON. An answer takes at most 5 s in all and has
 * at most 4 MiB. Safe for use by several threads.
 */
public final class RegistryClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 4 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the server said: below status 400 what was asked for, from there on {@code error} and {@code message}. */
    public record Answer(int status, JsonNode body) {
        public boolean isError() {
            return status >= 400;
        }

        /** The stable code of an error, or the empty string. */
        public String error() {
            return isError() ? body.path("error").asText() : "";
        }

        public String message() {
            return body.path("message").asText();
        }
    }

    private final String url;
    private final Duration limit;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    /** @param url of the server, {@code http} or {@code https} with a host; a path is put before that of each request */
    public RegistryClient(String url) {
        this(url, ANSWER);
    }

    RegistryClient(String url, Duration limit) {
        this.url = checked(url);
        this.limit = limit;
    }

    /** The URL without a slash at its end. */
    public String url() {
        return url;
    }

    public Answer get(String path) throws IOException {
        return send(request(path).GET().build());
    }

    public Answer post(String path, JsonNode body) throws IOException {
        return send(request(path).POST(json(body)).build());
    }

    public Answer put(String path, JsonNode body) throws IOException {
        return send(request(path).PUT(json(body)).build());
    }

    static String checked(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the schema registry '" + url + "' is no URL: " + e.getMessage(), e);
        }
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "the schema registry must be a URL such as http://registry:8085, without user and query");
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "application/json");
    }

    private static BodyPublisher json(JsonNode body) {
        return BodyPublishers.ofString(body.toString());
    }

    /** @throws IOException when there is no answer, or one that is no answer to this: 429, 500 and above, no JSON */
    private Answer send(HttpRequest request) throws IOException {
        HttpResponse<byte[]> response = await(http.sendAsync(request, info -> new BoundedBody(MAX_BYTES)));
        Answer answer = new Answer(response.statusCode(), read(response));
        if (answer.status == 429 || answer.status >= 500) {
            throw new IOException(
                    "it answers with status " + answer.status + ", " + answer.error() + ": " + answer.message());
        }
        return answer;
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> pending) throws IOException {
        try {
            return pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was asked");
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw new IOException("no answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            String message = e.getCause().getMessage();
            String name = e.getCause().getClass().getSimpleName();
            throw new IOException(message == null ? name : message, e);
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response) throws IOException {
        try {
            JsonNode body = JSON.readTree(response.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw notJson(response, e);
        }
        throw notJson(response, null);
    }

    private static IOException notJson(HttpResponse<byte[]> response, IOException cause) {
        return new IOException(
                "it answers with status " + response.statusCode() + " and no JSON: is this a schema registry?", cause);
    }
}
