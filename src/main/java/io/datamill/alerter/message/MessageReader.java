package io.datamill.alerter.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/** Reads the messages of the stream. What a database or a header could choke on is refused here. */
public final class MessageReader {
    /** Bytes of tenant and id together: an index holds no more than about 2,700. */
    private static final int MOST_ID_BYTES = 1_500;

    private final ObjectMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws UnreadableMessageException if it is no verdict and no alert */
    public Message read(byte[] data) throws UnreadableMessageException {
        ObjectNode message = object(data);
        String type = message.path("type").asText("");
        boolean notice = type.equals("alert");
        if (!notice && !type.isEmpty()) {
            throw new UnreadableMessageException("type: expected alert or none, but read '" + type + "'");
        }
        String tenant = notice ? optional(message, "tenant") : required(message, "tenant");
        String id = required(message, notice ? "id" : "event_id");
        if (bytes(tenant) + bytes(id) > MOST_ID_BYTES) {
            throw new UnreadableMessageException("tenant and id are longer than " + MOST_ID_BYTES + " bytes");
        }
        return notice ? notice(message, tenant, id) : event(message, tenant, id);
    }

    private static Message notice(ObjectNode message, String tenant, String id) throws UnreadableMessageException {
        return new Notice(
                tenant,
                id,
                time(message, "at"),
                optional(message, "severity"),
                optional(message, "source"),
                required(message, "title"),
                optional(message, "text"));
    }

    private static Message event(ObjectNode message, String tenant, String id) throws UnreadableMessageException {
        String written = required(message, "verdict");
        Verdict verdict = Arrays.stream(Verdict.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(written))
                .findFirst()
                .orElseThrow(() -> new UnreadableMessageException(
                        "verdict: expected quarantine, label or pass, but read '" + written + "'"));
        JsonNode monitored = message.path("monitored");
        return new VerdictEvent(
                tenant,
                id,
                time(message, "event_time"),
                verdict,
                monitored.asText("").equals("true"),
                message);
    }

    private ObjectNode object(byte[] data) throws UnreadableMessageException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
            if (json.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw new UnreadableMessageException("no JSON object");
        } catch (CharacterCodingException e) {
            throw new UnreadableMessageException("not UTF-8");
        } catch (JsonProcessingException e) {
            throw new UnreadableMessageException("not JSON: " + e.getOriginalMessage());
        }
    }

    private static Instant time(ObjectNode message, String field) throws UnreadableMessageException {
        String text = required(message, field);
        try {
            Instant time = Instant.parse(text);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
                throw new UnreadableMessageException(field + ": a time outside 1970 to 9999");
            }
            return time;
        } catch (DateTimeException e) {
            throw new UnreadableMessageException(field + ": no time such as 2026-01-31T12:00:00Z");
        }
    }

    private static String required(ObjectNode message, String field) throws UnreadableMessageException {
        String text = optional(message, field);
        if (text.isBlank()) {
            throw new UnreadableMessageException(field + " is missing");
        }
        return text;
    }

    private static String optional(ObjectNode message, String field) throws UnreadableMessageException {
        JsonNode value = message.path(field);
        if (!value.isMissingNode() && !value.isNull() && !value.isTextual()) {
            throw new UnreadableMessageException(field + ": expected a text");
        }
        String text = value.asText("");
        if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new UnreadableMessageException(field + " holds U+0000 or half a character");
        }
        return text;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
