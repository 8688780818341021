package io.datamill.sink.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.message.BasicHeader;
import org.elasticsearch.client.RestClient;

/** Makes clients of a URL that may hold user and password. */
final class Connection {
    private Connection() {}

    /**
     * Does not connect.
     *
     * @param timeout of connecting and of each answer
     * @throws IllegalArgumentException without the URL itself, which may hold a password
     */
    static ElasticsearchClient open(String url, Duration timeout) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the url of Elasticsearch is none: " + e.getReason());
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException(
                    "the url of Elasticsearch names no host; expected http://host:9200 or https://user:password@host");
        }
        int millis = Math.toIntExact(timeout.toMillis());
        var client = RestClient.builder(new HttpHost(uri.getHost(), uri.getPort(), uri.getScheme()))
                .setCompressionEnabled(true)
                .setRequestConfigCallback(
                        config -> config.setConnectTimeout(millis).setSocketTimeout(millis));
        if (uri.getUserInfo() != null) {
            String basic = Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8));
            client.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "Basic " + basic)});
        }
        if (uri.getPath() != null && !uri.getPath().isEmpty() && !uri.getPath().equals("/")) {
            client.setPathPrefix(uri.getPath());
        }
        return new ElasticsearchClient(new RestClientTransport(client.build(), new JacksonJsonpMapper()));
    }
}
