package io.datamill.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.schema.RegistryClient;
import io.datamill.schema.RegistryClient.Answer;
import io.datamill.schema.SchemaIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds over HTTP whatever the store; each test has an empty one. */
abstract class RegistryContract {
    static final String ONE = record("{\"name\": \"x\", \"type\": \"string\"}");
    static final String TWO =
            record("{\"name\": \"x\", \"type\": \"string\"}, {\"name\": \"y\", \"type\": \"int\", \"default\": 0}");
    static final String BROKEN =
            record("{\"name\": \"x\", \"type\": \"string\"}, {\"name\": \"z\", \"type\": \"int\"}");

    private final List<RegistryServer> servers = new ArrayList<>();
    private final List<SchemaStore> stores = new ArrayList<>();
    RegistryClient client;

    /** Another object for the same place each time. */
    abstract SchemaStore store() throws Exception;

    @BeforeEach
    void start() throws Exception {
        client = server();
    }

    @AfterEach
    void stop() {
        servers.forEach(RegistryServer::close);
        stores.forEach(SchemaStore::close);
    }

    @Test
    void theSameSchemaHasTheSameIdAndVersionAndItsIdIsTheProjects() throws IOException {
        Answer first = register("mail", ONE);
        Answer again = register("mail", ONE.replace("\"name\": \"x\"", "\"name\": \"x\", \"doc\": \"more of it\""));
        Answer elsewhere = register("other", ONE);

        String id = SchemaIds.of(new Schema.Parser().parse(ONE)).toString();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).hasToString("{\"id\":\"" + id + "\",\"version\":1}");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(elsewhere.body()).isEqualTo(first.body());
    }

    @Test
    void whatWasRegisteredIsFoundByIdByVersionAndAsTheLatest() throws IOException {
        String first = register("mail", ONE).body().path("id").asText();
        String second = register("mail", TWO).body().path("id").asText();

        assertThat(schema(client.get("/schemas/" + first))).isEqualTo(parsed(ONE));
        assertThat(schema(client.get("/subjects/mail/versions/1"))).isEqualTo(parsed(ONE));
        assertThat(schema(client.get("/subjects/mail/versions/latest"))).isEqualTo(parsed(TWO));
        assertThat(client.get("/subjects/mail/versions").body())
                .hasToString("{\"subject\":\"mail\",\"versions\":[{\"version\":1,\"id\":\"" + first
                        + "\"},{\"version\":2,\"id\":\"" + second + "\"}]}");
        assertThat(client.get("/subjects").body()).hasToString("{\"subjects\":[\"mail\"]}");
    }

    @Test
    void aBadEvolutionIsRefusedWithTheReasonAndLeavesNothing() throws IOException {
        register("mail", ONE);

        Answer refused = register("mail", BROKEN);

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("incompatible");
        assertThat(refused.body().path("reasons"))
                .hasToString(
                        "[\"the new schema cannot read version 1: field 'z' is not in version 1, and has no default"
                                + " in the new schema\"]");
        assertThat(client.get("/subjects/mail/versions").body().path("versions"))
                .hasSize(1);
        assertThat(client.get("/schemas/" + SchemaIds.of(parsed(BROKEN))).error())
                .isEqualTo("unknown-schema");
    }

    @Test
    void theLevelDecidesAndCanBeSetBeforeAnythingIsThere() throws IOException {
        assertThat(level("mail")).isEqualTo("backward");
        setLevel("mail", "forward-transitive");
        assertThat(level("mail")).isEqualTo("forward-transitive");
        register("mail", ONE);
        assertThat(register("mail", BROKEN).status()).isEqualTo(200);
        assertThat(register("mail", record("{\"name\": \"z\", \"type\": \"int\"}"))
                        .status())
                .isEqualTo(409);

        setLevel("mail", "none");
        assertThat(register("mail", "\"long\"").body().path("version").asInt()).isEqualTo(3);
        assertThat(client.get("/subjects").body()).hasToString("{\"subjects\":[\"mail\"]}");
    }

    @Test
    void aCheckTellsTheSameAndRegistersNothing() throws IOException {
        register("mail", ONE);

        assertThat(check(TWO)).isEqualTo("{\"compatible\":true,\"reasons\":[]}");
        assertThat(check(BROKEN)).startsWith("{\"compatible\":false,\"reasons\":[\"the new schema cannot read");
        assertThat(client.get("/subjects/mail/versions").body().path("versions"))
                .hasSize(1);
    }

    @Test
    void aVersionThatIsAskedForIsThatOneOrNone() throws IOException {
        assertThat(registerAs("mail", ONE, 2).error()).isEqualTo("other-version");
        assertThat(registerAs("mail", ONE, 1).status()).isEqualTo(200);
        assertThat(registerAs("mail", ONE, 1).status()).isEqualTo(200);
        assertThat(registerAs("mail", TWO, 1).error()).isEqualTo("other-version");
        assertThat(registerAs("mail", TWO, 2).status()).isEqualTo(200);
    }

    @Test
    void fiftyThatRegisterOneSchemaAtOnceOnTwoServersMakeOneVersion() throws Exception {
        RegistryClient other = server();
        List<Answer> answers = atOnce(50, i -> post(i % 2 == 0 ? client : other, "mail", ONE));

        Set<String> distinct = new HashSet<>();
        answers.forEach(answer -> distinct.add(answer.status() + " " + answer.body()));
        assertThat(distinct).containsExactly("200 {\"id\":\"" + SchemaIds.of(parsed(ONE)) + "\",\"version\":1}");
        assertThat(client.get("/subjects/mail/versions").body().path("versions"))
                .hasSize(1);
    }

    @Test
    void twentyDifferentSchemasAtOnceGetTwentyVersionsWithoutAGap() throws Exception {
        RegistryClient other = server();
        setLevel("mail", "none");
        List<Answer> answers = atOnce(
                20,
                i -> post(
                        i % 2 == 0 ? client : other, "mail", record("{\"name\": \"f" + i + "\", \"type\": \"int\"}")));

        assertThat(answers)
                .extracting(answer -> answer.body().path("version").asInt())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /                                       |                            | 404 | unknown-path
            GET    | /schemas/1-1-1-1-1                      |                            | 400 | bad-id
            GET    | /schemas/00000000-0000-0000-0000-000000000000 |                      | 404 | unknown-schema
            GET    | /subjects/nope/versions                 |                            | 404 | unknown-subject
            GET    | /subjects/nope/versions/latest          |                            | 404 | unknown-subject
            GET    | /subjects/mail/versions/9               |                            | 404 | unknown-version
            GET    | /subjects/mail/versions/0               |                            | 400 | bad-version
            GET    | /subjects/mail/versions/first           |                            | 400 | bad-version
            GET    | /subjects/..%2fmail/versions            |                            | 400 | bad-subject
            GET    | /subjects/.mail/versions                |                            | 400 | bad-subject
            POST   | /subjects/mail-v3/versions              | {"schema": "\\"int\\""}    | 400 | bad-subject
            POST   | /subjects/mail/versions                 | {"schema": "nope"}         | 400 | bad-schema
            POST   | /subjects/mail/versions                 | {"schema": {"type":"int"}} | 400 | bad-json
            POST   | /subjects/mail/versions                 | {"shema": "\\"int\\""}     | 400 | bad-json
            POST   | /subjects/mail/versions                 | {"schema": "1", "schema": "2"} | 400 | bad-json
            POST   | /subjects/mail/versions                 | {} {}                      | 400 | bad-json
            POST   | /subjects/mail/versions                 | []                         | 400 | bad-json
            POST   | /subjects/mail/versions                 |                            | 400 | bad-json
            POST   | /subjects/mail/versions                 | {"schema": "\\"int\\"", "version": 0} | 400 | bad-version
            PUT    | /config/mail                            | {"compatibility": "both"}  | 400 | bad-compatibility
            DELETE | /subjects/mail/versions                 |                            | 405 | bad-method
            """)
    void aWrongRequestIsToldInJsonWhatIsWrong(String method, String path, String body, int status, String error)
            throws Exception {
        register("mail", ONE);

        HttpResponse<String> response = send(method, path, body == null ? "" : body.replace("\\\\", "\\"));

        assertThat(response.body()).contains("\"error\":\"" + error + "\"").contains("\"message\":\"");
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void aSchemaThatIsTooLargeOrTooDeepIsRefused() throws Exception {
        assertThat(send("POST", "/subjects/mail/versions", " ".repeat(1 << 20) + "{}")
                        .statusCode())
                .isEqualTo(413);
        String deep = "{\"type\": \"array\", \"items\": ".repeat(20_000) + "\"int\"" + "}".repeat(20_000);
        assertThat(register("mail", deep).error()).isEqualTo("bad-schema");
        assertThat(client.get("/health").body()).hasToString("{\"status\":\"up\"}");
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        assertThat(send("HEAD", "/health", "").statusCode()).isEqualTo(200);
        assertThat(send("HEAD", "/subjects/nope/versions", "").statusCode()).isEqualTo(404);
        assertThat(send("HEAD", "/health", "").body()).isEmpty();
    }

    RegistryClient server() throws Exception {
        SchemaStore store = store();
        stores.add(store);
        RegistryServer server = RegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), store);
        servers.add(server);
        return new RegistryClient(server.url().toString());
    }

    Answer register(String subject, String schema) throws IOException {
        return post(client, subject, schema);
    }

    private Answer registerAs(String subject, String schema, int version) throws IOException {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("schema", schema).put("version", version);
        return client.post("/subjects/" + subject + "/versions", body);
    }

    private static Answer post(RegistryClient client, String subject, String schema) throws IOException {
        return client.post(
                "/subjects/" + subject + "/versions",
                JsonNodeFactory.instance.objectNode().put("schema", schema));
    }

    private String check(String schema) throws IOException {
        return client.post(
                        "/compatibility/subjects/mail/versions",
                        JsonNodeFactory.instance.objectNode().put("schema", schema))
                .body()
                .toString();
    }

    private String level(String subject) throws IOException {
        return client.get("/config/" + subject).body().path("compatibility").asText();
    }

    void setLevel(String subject, String level) throws IOException {
        Answer answer = client.put(
                "/config/" + subject, JsonNodeFactory.instance.objectNode().put("compatibility", level));
        assertThat(answer.status()).isEqualTo(200);
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(client.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    interface Task {
        Answer run(int number) throws Exception;
    }

    private static List<Answer> atOnce(int threads, Task task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Answer>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(pool.submit(() -> task.run(number)));
            }
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Schema schema(Answer answer) throws IOException {
        assertThat(UUID.fromString(answer.body().path("id").asText()))
                .isEqualTo(SchemaIds.of(parsed(answer.body().path("schema").asText())));
        return parsed(answer.body().path("schema").asText());
    }

    static Schema parsed(String schema) throws IOException {
        return new Schema.Parser().parse(new ObjectMapper().readTree(schema).toString());
    }

    private static String record(String fields) {
        return "{\"type\": \"record\", \"name\": \"A\", \"fields\": [" + fields + "]}";
    }
}
