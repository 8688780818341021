package io.datamill.registry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import io.datamill.config.Suggestion;
import io.datamill.schema.SchemaName;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * One request, read as the routes need it. Whatever of it is wrong is a {@link Refusal}.
 *
 * @param variables what stood in the path for each <code>{}</code> of the route
 */
record Call(HttpExchange exchange, List<String> variables) {
    /** Of a request's body. */
    static final int MAX_BYTES = 1 << 20;

    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    String subject() {
        return variables.get(0);
    }

    UUID id() {
        String text = variables.get(0);
        if (!ID.matcher(text).matches()) {
            throw new Refusal(400, "bad-id", "expected a UUID, but read '" + text + "'");
        }
        return UUID.fromString(text);
    }

    /** The second variable: from 1, or {@link SchemaName#LATEST}. */
    int version() {
        String text = variables.get(1);
        if (text.equals("latest")) {
            return SchemaName.LATEST;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw new Refusal(400, "bad-version", "expected a number from 1 or 'latest', but read '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** @param allowed the only keys it may have */
    JsonNode body(Set<String> allowed) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new Refusal(413, "too-large", "a request has at most " + MAX_BYTES + " bytes");
        }
        JsonNode body;
        try {
            body = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "bad-json", "the request is no JSON: " + e.getOriginalMessage());
        }
        if (body == null || !body.isObject()) {
            throw new Refusal(400, "bad-json", "expected a JSON object with " + String.join(", ", allowed));
        }
        body.fieldNames().forEachRemaining(key -> {
            if (!allowed.contains(key)) {
                throw new Refusal(400, "bad-json", "unknown key '" + key + "'" + Suggestion.among(key, allowed));
            }
        });
        return body;
    }

    /** The text of a key that must be there. */
    static String text(JsonNode body, String key) {
        JsonNode value = body.path(key);
        if (!value.isTextual()) {
            throw new Refusal(400, "bad-json", "'" + key + "' must be there and be a string");
        }
        return value.textValue();
    }

    /** The schema under {@code schema}: its JSON, as a string. */
    static Schema schema(JsonNode body) {
        try {
            return new Schema.Parser().parse(text(body, "schema"));
        } catch (AvroRuntimeException e) {
            throw new Refusal(400, "bad-schema", "this is no Avro schema: " + e.getMessage());
        } catch (StackOverflowError e) {
            throw new Refusal(400, "bad-schema", "this schema is nested too deep");
        }
    }

    /** The number under {@code version}, or {@link SchemaName#LATEST} where there is none. */
    static int number(JsonNode body) {
        JsonNode value = body.path("version");
        if (value.isMissingNode()) {
            return SchemaName.LATEST;
        }
        if (!value.isInt() || value.intValue() < 1) {
            throw new Refusal(400, "bad-version", "'version' must be a number from 1");
        }
        return value.intValue();
    }
}
