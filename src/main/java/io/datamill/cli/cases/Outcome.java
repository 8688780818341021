package io.datamill.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.DeserializationFeature;
import io.datamill.cli.local.JsonLines;
import io.datamill.cli.local.LocalOutput;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** What came out of a case's run, as JSON. */
final class Outcome implements LocalOutput {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private final String branch;
    private final JsonLines lines;
    private final List<JsonNode> events = new ArrayList<>();
    private final List<JsonNode> rejects = new ArrayList<>();

    /**
     * @param branch whose outcomes are kept
     * @param schema theirs
     */
    Outcome(String branch, Schema schema) {
        this.branch = branch;
        this.lines = new JsonLines(schema);
    }

    @Override
    public void outcome(String of, Event event) {
        if (of.equals(branch)) {
            events.add(read(lines.outcome(event)));
        }
    }

    @Override
    public void reject(Reject reject) {
        rejects.add(read(lines.reject(reject)));
    }

    List<JsonNode> events() {
        return events;
    }

    List<JsonNode> rejects() {
        return rejects;
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
