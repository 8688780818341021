package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.datamill.event.RejectedEventException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One generator and one buffer for many JSON texts, one after the other. */
public final class JsonBytes {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final int MAX_KEPT = 1 << 20;

    private ByteArrayOutputStream buffer;
    private JsonGenerator json;

    /** Writes one value. */
    @FunctionalInterface
    public interface Text {
        void write(JsonGenerator json) throws IOException;
    }

    /** @throws RejectedEventException if a string is not Unicode: half a surrogate pair */
    public byte[] render(Text text) throws RejectedEventException {
        try {
            if (json == null || buffer.size() > MAX_KEPT) {
                start();
            }
            buffer.reset();
            text.write(json);
            json.flush();
            return buffer.toByteArray();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            json = null; // It stands in the middle of a text.
            throw new RejectedEventException("NOT_UNICODE", "a string of the event is not Unicode: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private void start() throws IOException {
        buffer = new ByteArrayOutputStream(4096);
        json = FACTORY.createGenerator(buffer, JsonEncoding.UTF8);
        json.setRootValueSeparator(null);
    }
}
