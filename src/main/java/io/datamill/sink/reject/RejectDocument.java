package io.datamill.sink.reject;

import com.fasterxml.jackson.core.JsonGenerator;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.sink.outbox.StoreRow;
import io.datamill.sink.render.IsoTime;
import io.datamill.sink.render.JsonBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * A reject as a JSON document. Its id is made of the record's position and the step, so that the same reject again is the
 * same document.
 */
final class RejectDocument extends RichMapFunction<Reject, StoreRow> {
    private static final long serialVersionUID = 1L;

    /** The lake has all bytes; what is looked at in a search needs no more than these. */
    private static final int MAX_PAYLOAD = 32 << 10;

    private static final int MAX_MESSAGE = 4_000;

    private transient JsonBytes bytes;
    private transient IsoTime time;

    @Override
    public void open(OpenContext context) {
        bytes = new JsonBytes();
        time = new IsoTime();
    }

    @Override
    public StoreRow map(Reject reject) {
        Position position = reject.position();
        String id = position + "/" + reject.cause().step();
        byte[] document = bytes.render(json -> write(reject, json));
        long arrival = position.arrivalTime();
        return new StoreRow(new StoreRow.Key(reject.tenant(), id), arrival, arrival, position, document);
    }

    private void write(Reject reject, JsonGenerator json) throws IOException {
        Position position = reject.position();
        Reject.Cause cause = reject.cause();
        json.writeStartObject();
        text("tenant", reject.tenant(), json);
        text("event_id", reject.id(), json);
        text("stream", position.stream(), json);
        text("shard", position.shard(), json);
        text("sequence_number", position.sequenceNumber(), json);
        json.writeNumberField("part", position.part());
        json.writeFieldName("arrival_time");
        time.write(position.arrivalTime(), json);
        text("step", cause.step(), json);
        text("reason", cause.reason(), json);
        text("message", cause.message(), json);
        text("pipeline", cause.pipeline(), json);
        json.writeFieldName("payload");
        json.writeBinary(reject.payload(), 0, Math.min(MAX_PAYLOAD, reject.payload().length));
        json.writeNumberField("payload_bytes", reject.payload().length);
        json.writeEndObject();
    }

    /** A reject may be one because its text is not Unicode: half a surrogate pair is then written as a question mark. */
    private static void text(String name, String value, JsonGenerator json) throws IOException {
        String whole = value == null ? "" : value;
        String text = whole.length() <= MAX_MESSAGE ? whole : whole.substring(0, MAX_MESSAGE);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        json.writeFieldName(name);
        json.writeUTF8String(utf8, 0, utf8.length);
    }
}
