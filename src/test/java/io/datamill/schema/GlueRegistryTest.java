package io.datamill.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * Against a server that speaks Glue's JSON 1.1 protocol as its API reference has it (GetSchemaVersion: SchemaVersionId,
 * or SchemaId and SchemaVersionNumber; EntityNotFoundException). It has not been run against AWS.
 */
class GlueRegistryTest {
    private static final Schema USER =
            SchemaBuilder.record("User").fields().requiredString("name").endRecord();
    private static final UUID ID = UUID.fromString("b7b4a7f0-9c96-4e4a-a687-fb5de9ef0c63");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> requests = new ArrayList<>();
    private HttpServer server;
    private String status = "AVAILABLE";
    private boolean down;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void findsASchemaByTheIdThatARecordCarries() throws Exception {
        assertThat(glue().byId(ID)).contains(new RemoteRegistry.Registered(ID, USER));
        assertThat(requests).hasToString("[{\"SchemaVersionId\":\"" + ID + "\"}]");
        assertThat(glue().byId(new UUID(1, 2))).isEmpty();
    }

    @Test
    void findsAVersionAndTheLatestByName() throws Exception {
        assertThat(glue().byName(SchemaName.parse("users-v4"))).isPresent();
        assertThat(glue().byName(SchemaName.parse("users"))).isPresent();
        assertThat(requests)
                .hasToString("[{\"SchemaId\":{\"SchemaName\":\"users\",\"RegistryName\":\"events\"},"
                        + "\"SchemaVersionNumber\":{\"VersionNumber\":4}},"
                        + " {\"SchemaId\":{\"SchemaName\":\"users\",\"RegistryName\":\"events\"},"
                        + "\"SchemaVersionNumber\":{\"LatestVersion\":true}}]");
    }

    @Test
    void aNameThatGlueItselfHasMayEndLikeAVersion() throws Exception {
        assertThat(glue().byName(SchemaName.parse("orders-v2"))).isPresent();
        assertThat(glue().byName(SchemaName.parse("orders-v3"))).isEmpty();
    }

    @Test
    void anErrorOtherThanNotFoundIsATransientFailure() {
        down = true;
        CachingSchemaRegistry registry = new CachingSchemaRegistry(glue(), null);

        assertThatThrownBy(() -> registry.byId(ID))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("glue://eu-central-1/events")
                .hasMessageContaining("Rate exceeded");
        assertThat(requests).hasSize(CachingSchemaRegistry.ATTEMPTS);
        down = false;
        assertThat(registry.byId(ID)).isEqualTo(USER);
    }

    @Test
    void aVersionThatIsBeingCheckedIsNoRejectAndOneThatFailedIs() throws Exception {
        status = "PENDING";
        assertThatThrownBy(() -> glue().byId(ID)).isInstanceOf(IOException.class);
        status = "FAILURE";
        assertThat(glue().byId(ID)).isEmpty();
    }

    @Test
    void registersNothingButGivesTheIdOfWhatIsThere() {
        CachingSchemaRegistry registry = new CachingSchemaRegistry(glue(), null);

        assertThat(registry.register("users-v4", USER)).isEqualTo(ID);
        assertThatThrownBy(() -> registry.register("new-v1", USER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AWS's tools");
    }

    private GlueRegistry glue() {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        return new GlueRegistry(
                GlueLocation.parse("glue://eu-central-1/events?endpoint=" + endpoint),
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    }

    private void answer(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target")).isEqualTo("AWSGlue.GetSchemaVersion");
        assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(exchange.getRequestHeaders().getFirst("Authorization")).contains("/eu-central-1/glue/aws4_request");
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        requests.add(request);
        boolean versioned = request.at("/SchemaVersionNumber/VersionNumber").asInt() == 4;
        boolean latest = request.at("/SchemaVersionNumber/LatestVersion").asBoolean();
        String name = request.at("/SchemaId/SchemaName").asText();
        boolean found = request.path("SchemaVersionId").asText().equals(ID.toString())
                || (name.equals("users") && (versioned || latest))
                || (name.equals("orders-v2") && latest);
        if (down) {
            send(exchange, 400, "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}");
        } else if (found) {
            String schema = JSON.writeValueAsString(USER.toString());
            send(
                    exchange,
                    200,
                    "{\"DataFormat\":\"AVRO\",\"SchemaDefinition\":" + schema + ",\"SchemaVersionId\":\"" + ID
                            + "\",\"Status\":\"" + status + "\",\"VersionNumber\":4}");
        } else {
            send(
                    exchange,
                    400,
                    "{\"__type\":\"EntityNotFoundException\",\"Message\":\"Schema version is not found.\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
