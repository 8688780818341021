package io.datamill.alerter.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The content of alerts, from their column. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode read(String content) {
        try {
            return (ObjectNode) MAPPER.readTree(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the content of an alert is no JSON; was the row changed by hand?", e);
        }
    }
}
