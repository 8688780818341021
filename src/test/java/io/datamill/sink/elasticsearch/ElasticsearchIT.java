package io.datamill.sink.elasticsearch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.datamill.config.Reference;
import io.datamill.lab.Lab;
import io.datamill.lab.LabFiles;
import io.datamill.lab.Server;
import io.datamill.sink.migration.ElasticsearchMigrations;
import io.datamill.sink.outbox.FatalStoreException;
import io.datamill.sink.outbox.RowResult;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import io.datamill.sink.render.JsonDocument;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Renderer;
import io.datamill.testing.Outcomes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static Lab lab;
    private static String url;

    private final Renderer renderer = new JsonDocument(Outcomes.SCHEMA, new Lineage(Outcomes.PIPELINE));

    @BeforeAll
    static void migrate() throws Exception {
        lab = Lab.start(LabFiles.locate(), Server.ELASTICSEARCH);
        url = lab.elasticsearchUrl().toString();
        assertThat(ElasticsearchMigrations.apply(url)).hasSize(5);
        assertThat(ElasticsearchMigrations.apply(url)).isEmpty();
    }

    @AfterAll
    static void stop() {
        lab.close();
    }

    @BeforeEach
    void empty() throws Exception {
        renderer.open();
        call("DELETE", "/scored-message-2002.09");
    }

    @Test
    void landsInTheMonthOfTheEventBehindTheAlias() throws Exception {
        assertThat(write(List.of(row("id-1", 5, "Grüße")))).containsExactly(RowResult.WRITTEN);
        call("POST", "/scored-message/_refresh");
        JsonNode hit = call("GET", "/scored-message/_search?version=true")
                .path("hits")
                .path("hits")
                .path(0);
        assertThat(hit.path("_index").asText()).isEqualTo("scored-message-2002.09");
        assertThat(hit.path("_id").asText()).isEqualTo("acme:id-1");
        assertThat(hit.path("_version").asLong()).isEqualTo(5);
        assertThat(hit.path("_source").path("subject").asText()).isEqualTo("Grüße");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19})
    void refusesOneDocumentWhereverItIsAndIndexesTheOthers(int bad) throws Exception {
        List<StoreRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.add(i == bad ? withPayload("id-" + i, "{\"received_at\":\"yesterday\"}") : row("id-" + i, 1, "s"));
        }
        List<RowResult> results = write(rows);
        for (int i = 0; i < 20; i++) {
            if (i == bad) {
                RowResult.Refused refused = (RowResult.Refused) results.get(i);
                assertThat(refused.code()).isEqualTo("document_parsing_exception");
                assertThat(refused.reason()).contains("received_at").contains("yesterday");
            } else {
                assertThat(results.get(i)).isEqualTo(RowResult.WRITTEN);
            }
        }
        assertThat(count()).isEqualTo(19);
    }

    @Test
    void keepsTheHighestVersionWhateverTheOrder() throws Exception {
        assertThat(write(List.of(row("id", 5, "five"), row("id", 3, "three"), row("id", 5, "again"))))
                .containsExactly(RowResult.WRITTEN, RowResult.STALE, RowResult.STALE);
        assertThat(subject()).isEqualTo("five");
        assertThat(write(List.of(row("id", 7, "seven")))).containsExactly(RowResult.WRITTEN);
        assertThat(subject()).isEqualTo("seven");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void takesWhatPostgresDoesNot() throws Exception {
        assertThat(write(List.of(row("id", 1, "a\u0000b")))).containsExactly(RowResult.WRITTEN);
        assertThat(subject()).isEqualTo("a\u0000b");
    }

    @Test
    void findsTheDocumentThatSpoilsAWholeRequest() throws Exception {
        List<RowResult> results = write(List.of(row("a", 1, "s"), withPayload("b", ""), row("c", 1, "s")));
        assertThat(results.get(0)).isEqualTo(RowResult.WRITTEN);
        assertThat(results.get(1)).isInstanceOf(RowResult.Refused.class);
        assertThat(results.get(2)).isEqualTo(RowResult.WRITTEN);
    }

    /** Whatever the sender chose: what is in the other stores is found here too. */
    @Test
    void takesEveryEventThatTheOtherStoresTake() throws Exception {
        String huge = "x".repeat(40_000);
        List<String> odd = List.of(
                "{\"mailer\":\"2002-09-01\"}",
                "{\"mailer\":\"Mutt\"}",
                "{\"sent_at\":\"+292278994-08-17T07:12:55.807Z\"}",
                "{\"sent_at\":\"-292275055-05-16T16:47:04.192Z\"}",
                "{\"hops\":[{\"at\":\"+20026-01-01T00:00:00Z\",\"ip\":\"" + huge + "\"}]}",
                "{\"sensor_id\":\"" + huge + "\",\"sender_ip\":\"" + huge + "\",\"mailer\":\"" + huge + "\"}",
                "{\"subject\":\"" + huge + "\"}");
        List<StoreRow> rows = new ArrayList<>();
        for (int i = 0; i < odd.size(); i++) {
            rows.add(withPayload("id-" + i, odd.get(i)));
        }
        assertThat(write(rows)).containsOnly(RowResult.WRITTEN);
    }

    @Test
    void failsTheJobWhereTheTemplateIsMissing() {
        assertThatThrownBy(() -> write(url, "nothing", List.of(row("id", 1, "s"))))
                .isInstanceOf(FatalStoreException.class)
                .hasMessage("Elasticsearch has no index template 'nothing';"
                        + " run: datamill migrate --elasticsearch-url <url>");
    }

    @Test
    void aServerThatIsDownIsToBeTriedAgain() {
        assertThatThrownBy(() -> write("http://user:secret@127.0.0.1:1", "scored-message", List.of(row("id", 1, "s"))))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
    }

    private StoreRow row(String id, long version, String subject) throws Exception {
        return renderer.render(Outcomes.of(id, version, subject));
    }

    private StoreRow withPayload(String id, String json) throws Exception {
        StoreRow row = row(id, 1, "s");
        return new StoreRow(row.key(), row.version(), row.time(), row.position(), json.getBytes(UTF_8));
    }

    private static List<RowResult> write(List<StoreRow> rows) throws Exception {
        return write(url, "scored-message", rows);
    }

    private static List<RowResult> write(String at, String index, List<StoreRow> rows) throws Exception {
        try (StoreClient client =
                Elasticsearch.store(new Reference(at), index, TIMEOUT).open()) {
            return client.write(rows);
        }
    }

    private static String subject() throws Exception {
        return call("GET", "/scored-message-2002.09/_doc/acme:id")
                .path("_source")
                .path("subject")
                .asText();
    }

    private static long count() throws Exception {
        call("POST", "/scored-message-2002.09/_refresh");
        return call("GET", "/scored-message/_count").path("count").asLong();
    }

    private static JsonNode call(String method, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return new ObjectMapper()
                .readTree(
                        HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
