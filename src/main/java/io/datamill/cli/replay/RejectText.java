package io.datamill.cli.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.event.Reject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Rejects for a person, and as JSON. */
final class RejectText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RejectText() {}

    /** A text on one line of a terminal; null: at any length. */
    static String oneLine(String text, Integer most) {
        String plain = text.replaceAll("\\p{Cntrl}", " ").strip();
        return most == null || plain.length() <= most ? plain : plain.substring(0, most - 3) + "...";
    }

    /** Without its bytes. */
    static ObjectNode json(StoredReject stored) {
        Reject reject = stored.reject();
        ObjectNode json = JSON.createObjectNode();
        json.put("id", stored.id());
        json.put("tenant", reject.tenant());
        json.put("event_id", reject.id());
        json.put("arrival_time", stored.time().toString());
        json.put("step", reject.cause().step());
        json.put("reason", reject.cause().reason());
        json.put("message", reject.cause().message());
        json.put("pipeline", reject.cause().pipeline());
        json.put("position", reject.position().toString());
        if (stored.mark() != null) {
            json.putObject("replayed")
                    .put("at", stored.mark().at().toString())
                    .put("pipeline", stored.mark().pipeline())
                    .put("fate", stored.mark().fate());
        }
        return json;
    }

    /** Adds the bytes: as text where they are UTF-8, else as base64. */
    static ObjectNode jsonWithPayload(StoredReject stored) {
        ObjectNode json = json(stored);
        byte[] payload = stored.reject().payload();
        Optional<String> text = utf8(payload);
        text.ifPresentOrElse(
                whole -> json.put("payload", whole),
                () -> json.put("payload_base64", Base64.getEncoder().encodeToString(payload)));
        return json;
    }

    /** Empty where the bytes are not UTF-8. */
    static Optional<String> utf8(byte[] payload) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
