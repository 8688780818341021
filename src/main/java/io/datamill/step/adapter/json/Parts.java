package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the events of one record: one object, several with white space between, an array, or an array in an envelope. */
final class Parts {
    /** More events than these in one record are refused. */
    static final int MOST = 100_000;

    private final JsonText text;
    private final List<String> arrayAt;
    private final Events events;
    private final List<Part> found = new ArrayList<>();

    /**
     * @param arrayAt the path of the array in its envelope; empty where there is none
     * @param events reads each
     */
    Parts(JsonText text, List<String> arrayAt, Events events) {
        this.text = text;
        this.arrayAt = arrayAt;
        this.events = events;
    }

    /** Reads the event that begins at the parser's token. */
    interface Events {
        /** @param start where the object begins in the text */
        Object[] read(JsonParser parser, int start) throws IOException, RejectedEventException;
    }

    /**
     * One event, or why it is none.
     *
     * @param values null where there is a problem
     * @param start of its text
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on at once.
    record Part(Object[] values, RejectedEventException problem, int start, int end) {}

    /**
     * The parts of a record, in a list that is good until the next call.
     *
     * @throws RejectedEventException if the record as a whole is wrong
     * @throws IOException only for malformed JSON
     */
    List<Part> read(JsonParser parser) throws IOException, RejectedEventException {
        found.clear();
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw JsonReason.MALFORMED_JSON.reject("no JSON in the record, expected an object");
        }
        if (token == JsonToken.START_ARRAY && arrayAt.isEmpty()) {
            elements(parser);
            if (parser.nextToken() != null) {
                throw trailing(parser);
            }
            return found;
        }
        if (token != JsonToken.START_OBJECT) {
            throw JsonReason.NOT_AN_OBJECT.reject("the record is " + JsonText.shown(parser) + ", expected an object"
                    + (arrayAt.isEmpty() ? " or an array of them" : ""));
        }
        for (boolean first = true; token != null; first = false) {
            if (!first && (token != JsonToken.START_OBJECT || text.touches(JsonText.start(parser)))) {
                throw trailing(parser);
            }
            if (arrayAt.isEmpty()) {
                object(parser);
            } else if (!envelope(parser, 0)) {
                throw TextReason.MISSING_FIELD.reject(
                        String.join(".", arrayAt) + " is missing or null, expected an array of events");
            }
            token = parser.nextToken();
        }
        return found;
    }

    private static RejectedEventException trailing(JsonParser parser) throws IOException {
        return JsonReason.MALFORMED_JSON.reject(
                JsonText.shown(parser) + " at offset " + JsonText.start(parser) + " follows the end of the JSON text");
    }

    /** Whether the array was there. */
    private boolean envelope(JsonParser parser, int level) throws IOException, RejectedEventException {
        boolean there = false;
        boolean last = level == arrayAt.size() - 1;
        String wanted = arrayAt.get(level);
        boolean seen = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean here = parser.currentName().equals(wanted);
            JsonToken token = parser.nextToken();
            if (!here || token == JsonToken.VALUE_NULL) {
                parser.skipChildren();
            } else if (seen) {
                throw TextReason.DUPLICATE_NAME.reject(path(level) + " is there twice");
            } else if (token != (last ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
                throw Scalars.wrong(path(level), parser, last ? "an array of events" : "an object");
            } else if (last) {
                elements(parser);
                there = true;
            } else {
                there = envelope(parser, level + 1);
            }
            seen |= here;
        }
        return there;
    }

    private String path(int level) {
        return String.join(".", arrayAt.subList(0, level + 1));
    }

    private void elements(JsonParser parser) throws IOException, RejectedEventException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(parser);
            } else {
                int start = JsonText.start(parser);
                RejectedEventException problem = JsonReason.NOT_AN_OBJECT.reject(
                        "an event is " + JsonText.shown(parser) + ", expected an object");
                parser.finishToken();
                parser.skipChildren();
                add(new Part(null, problem, start, JsonText.end(parser)));
            }
        }
    }

    private void object(JsonParser parser) throws IOException, RejectedEventException {
        int start = JsonText.start(parser);
        JsonStreamContext around = parser.getParsingContext().getParent();
        Object[] values = null;
        RejectedEventException problem = null;
        try {
            values = events.read(parser, start);
        } catch (RejectedEventException e) {
            problem = e;
            while (parser.getParsingContext() != around) {
                parser.nextToken();
            }
        }
        add(new Part(values, problem, start, JsonText.end(parser)));
    }

    private void add(Part part) throws RejectedEventException {
        if (found.size() == MOST) {
            throw JsonReason.JSON_BEYOND_LIMITS.reject("the record has more than " + MOST + " events");
        }
        found.add(part);
    }
}
