package io.datamill.sink.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.http.HttpHost;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;

/**
 * The index templates and aliases, from the numbered requests in {@code db/elasticsearch}; what was applied is kept in
 * the index {@value #HISTORY}, with the file's SHA-256, so that a file that was changed later is refused.
 */
public final class ElasticsearchMigrations {
    private static final String HISTORY = "datamill-migrations";
    private static final String DIRECTORY = "/db/elasticsearch/";
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In their order; an applied one is never changed, the next one changes what it did. */
    private static final List<String> FILES = List.of(
            "V1__scored_message.json",
            "V2__rejects.json",
            "V3__rejects_part.json",
            "V4__wikipedia_edit.json",
            "V5__access_log.json");

    private ElasticsearchMigrations() {}

    /**
     * Applies what has not been applied.
     *
     * @return the files applied
     * @throws IOException if the server does not answer or refuses one
     * @throws IllegalStateException if an applied file has been changed
     */
    public static List<String> apply(String url) throws IOException {
        List<String> applied = new ArrayList<>();
        try (RestClient client = RestClient.builder(HttpHost.create(url)).build()) {
            for (String file : FILES) {
                if (apply(client, file)) {
                    applied.add(file);
                }
            }
        }
        return applied;
    }

    private static boolean apply(RestClient client, String file) throws IOException {
        byte[] text = read(file);
        String digest = sha256(text);
        String entry = "/" + HISTORY + "/_doc/" + file;
        JsonNode known = find(client, entry);
        if (known != null) {
            String before = known.path("_source").path("sha256").asText();
            if (!before.equals(digest)) {
                throw new IllegalStateException("migration " + file + " was applied with SHA-256 " + before
                        + " and is now " + digest + "; write a new one instead of changing it");
            }
            return false;
        }
        JsonNode request = JSON.readTree(text);
        send(client, request.path("method").asText(), request.path("path").asText(), request.path("body"));
        ObjectNode done = JSON.createObjectNode().put("sha256", digest);
        send(client, "PUT", entry + "?refresh=wait_for", done);
        return true;
    }

    private static JsonNode find(RestClient client, String entry) throws IOException {
        try {
            Response response = client.performRequest(new Request("GET", entry));
            return JSON.readTree(response.getEntity().getContent());
        } catch (ResponseException e) {
            if (e.getResponse().getStatusLine().getStatusCode() == NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private static void send(RestClient client, String method, String path, JsonNode body) throws IOException {
        Request request = new Request(method, path);
        request.setJsonEntity(JSON.writeValueAsString(body));
        client.performRequest(request);
    }

    private static byte[] read(String file) throws IOException {
        try (InputStream in = ElasticsearchMigrations.class.getResourceAsStream(DIRECTORY + file)) {
            if (in == null) {
                throw new IOException("no resource " + DIRECTORY + file);
            }
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] text) {
        try {
            // Line ends differ between checkouts.
            String plain = new String(text, StandardCharsets.UTF_8).replace("\r\n", "\n");
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(plain.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
