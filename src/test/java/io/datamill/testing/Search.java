package io.datamill.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What tests ask of Elasticsearch. */
public record Search(URI server) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOST_DOCUMENTS = 10_000;
    private static final int NOT_FOUND = 404;

    /**
     * Deletes indices. One by one: the server refuses a wildcard here.
     *
     * @param pattern such as {@code rejects-*,scored-message-*}
     */
    public void delete(String pattern) throws IOException, InterruptedException {
        for (String index :
                send("GET", "/_cat/indices/" + pattern + "?h=index").lines().toList()) {
            send("DELETE", "/" + index.strip());
        }
    }

    /** All documents behind an alias with their versions; none where there is no such index yet. */
    public JsonNode hits(String alias) throws IOException, InterruptedException {
        send("POST", "/" + alias + "/_refresh");
        return LocalRuns.JSON
                .readTree(send("GET", "/" + alias + "/_search?version=true&size=" + MOST_DOCUMENTS))
                .path("hits")
                .path("hits");
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(server.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2 && response.statusCode() != NOT_FOUND) {
            throw new IOException(method + " " + path + ": status " + response.statusCode() + ", " + response.body());
        }
        return response.body();
    }
}
