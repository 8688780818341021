package io.datamill.cli.local;

import com.fasterxml.jackson.core.JsonGenerator;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.sink.render.JsonBytes;
import io.datamill.sink.render.JsonFields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.apache.avro.Schema;

/** Outcomes and rejects as JSON, one object each, without an end of line. */
public final class JsonLines {
    private final JsonBytes bytes = new JsonBytes();
    private final JsonFields fields;

    /** @param outcome the schema of the outcomes */
    public JsonLines(Schema outcome) {
        fields = new JsonFields(outcome, Set.of());
    }

    public byte[] outcome(Event event) {
        return bytes.render(json -> {
            json.writeStartObject();
            fields.write(event.values(), json);
            json.writeEndObject();
        });
    }

    /** The payload is text where it is UTF-8, else base64. */
    public byte[] reject(Reject reject) {
        return bytes.render(json -> {
            json.writeStartObject();
            json.writeStringField("step", reject.cause().step());
            json.writeStringField("reason", reject.cause().reason());
            json.writeStringField("message", reject.cause().message());
            json.writeStringField("tenant", reject.tenant());
            json.writeStringField("event_id", reject.id());
            json.writeStringField("position", reject.position().toString());
            payload(reject.payload(), json);
            json.writeEndObject();
        });
    }

    private static void payload(byte[] payload, JsonGenerator json) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            json.writeStringField("payload", text);
        } catch (CharacterCodingException notText) {
            json.writeStringField("payload_base64", Base64.getEncoder().encodeToString(payload));
        }
    }
}
