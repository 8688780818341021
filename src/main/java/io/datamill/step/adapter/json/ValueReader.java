package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import io.datamill.event.RejectedEventException;
import java.io.IOException;

/** Reads the value at the parser's token, and leaves the parser at the last token of it. */
@FunctionalInterface
interface ValueReader {

    /**
     * @return the value as an event holds it, null for null
     * @throws RejectedEventException if it is of the wrong type; the parser then stands somewhere within it
     * @throws IOException only for malformed JSON, as a {@link com.fasterxml.jackson.core.JsonProcessingException}
     */
    Object read(JsonParser parser) throws IOException, RejectedEventException;
}
