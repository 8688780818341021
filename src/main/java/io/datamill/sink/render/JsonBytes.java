package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
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

    /** The text in UTF-8. Half a surrogate pair is escaped: whether that is a string is for the store to say. */
    public byte[] render(Text text) {
        try {
            if (json == null || buffer.size() > MAX_KEPT) {
                start();
            }
            buffer.reset();
            text.write(json);
            json.flush();
            return buffer.toByteArray();
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
