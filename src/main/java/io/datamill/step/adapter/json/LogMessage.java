package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of a CloudWatch Logs subscription. Members that AWS may add are passed over. */
final class LogMessage {
    private static final List<String> TEXTS = List.of("messageType", "owner", "logGroup", "logStream");
    private static final String EVENTS = "logEvents";

    private final Map<String, String> texts = new LinkedHashMap<>();
    private List<Part> events;

    /** One log event. */
    record LogEvent(String id, Long time, String message) {}

    /**
     * One log event, or why it is none.
     *
     * @param event null where there is a problem
     * @param start of its text in the record
     */
    record Part(LogEvent event, RejectedEventException problem, int start, int end) {}

    private LogMessage() {}

    /**
     * Reads the one message of a record.
     *
     * @throws RejectedEventException if the envelope is not AWS's
     * @throws IOException only for malformed JSON
     */
    static LogMessage read(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw JsonReason.NOT_AN_OBJECT.reject("the record is "
                    + (parser.currentToken() == null ? "empty" : JsonText.shown(parser)) + ", expected an object");
        }
        LogMessage message = new LogMessage();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (TEXTS.contains(name) && token != JsonToken.VALUE_NULL) {
                message.texts.put(name, text(name, parser));
            } else if (name.equals(EVENTS) && token != JsonToken.VALUE_NULL) {
                message.events = events(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw JsonReason.MALFORMED_JSON.reject(JsonText.shown(parser) + " follows the end of the message");
        }
        message.check();
        return message;
    }

    private void check() throws RejectedEventException {
        String type = texts.get(TEXTS.get(0));
        if (type != null && !type.equals("DATA_MESSAGE") && !isControl()) {
            throw TextReason.WRONG_TYPE.reject(
                    "messageType is " + TextReason.quoted(type) + ", expected DATA_MESSAGE or CONTROL_MESSAGE");
        }
        for (String name : isControl() ? List.<String>of() : TEXTS) {
            if (!texts.containsKey(name)) {
                throw TextReason.MISSING_FIELD.reject(name + " is missing or null, expected a string");
            }
        }
        if (events == null && !isControl()) {
            throw TextReason.MISSING_FIELD.reject(EVENTS + " is missing or null, expected an array of log events");
        }
    }

    /** Whether it only says that the subscription is alive. */
    boolean isControl() {
        return "CONTROL_MESSAGE".equals(texts.get("messageType"));
    }

    String owner() {
        return texts.get("owner");
    }

    String logGroup() {
        return texts.get("logGroup");
    }

    String logStream() {
        return texts.get("logStream");
    }

    List<Part> events() {
        return events;
    }

    /** A message with one log event, as it was written. */
    String alone(CharSequence event) {
        StringBuilder message = new StringBuilder("{");
        texts.forEach((name, value) -> message.append('"')
                .append(name)
                .append("\":\"")
                .append(JsonStringEncoder.getInstance().quoteAsString(value))
                .append("\","));
        return message.append("\"logEvents\":[").append(event).append("]}").toString();
    }

    private static List<Part> events(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Scalars.wrong(EVENTS, parser, "an array of log events");
        }
        List<Part> parts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parts.size() == Parts.MOST) {
                throw JsonReason.JSON_BEYOND_LIMITS.reject("the record has more than " + Parts.MOST + " log events");
            }
            int start = JsonText.start(parser);
            LogEvent event = null;
            RejectedEventException problem = null;
            try {
                event = parser.currentToken() == JsonToken.START_OBJECT ? event(parser) : notAnObject(parser);
            } catch (RejectedEventException e) {
                problem = e;
            }
            parts.add(new Part(event, problem, start, JsonText.end(parser)));
        }
        return parts;
    }

    private static LogEvent notAnObject(JsonParser parser) throws IOException, RejectedEventException {
        RejectedEventException problem = JsonReason.NOT_AN_OBJECT.reject(
                "a log event is " + JsonText.shown(parser) + ", expected an object");
        parser.finishToken();
        parser.skipChildren();
        throw problem;
    }

    /** Reads the whole object even where a part of it is wrong. */
    private static LogEvent event(JsonParser parser) throws IOException, RejectedEventException {
        String id = null;
        String text = null;
        Long time = null;
        RejectedEventException problem = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            try {
                switch (name) {
                    case "id" -> id = text(name, parser);
                    case "message" -> text = text(name, parser);
                    case "timestamp" -> time = time(parser);
                    default -> parser.skipChildren();
                }
            } catch (RejectedEventException e) {
                problem = problem == null ? e : problem;
                parser.skipChildren();
            }
        }
        if (problem != null) {
            throw problem;
        }
        if (id == null || text == null || time == null) {
            String missing = id == null ? "id" : text == null ? "message" : "timestamp";
            throw TextReason.MISSING_FIELD.reject(missing + " of a log event is missing");
        }
        return new LogEvent(id, time, text);
    }

    private static String text(String name, JsonParser parser) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw Scalars.wrong(name, parser, "a string");
        }
        return Scalars.whole(name, parser.getText());
    }

    private static Long time(JsonParser parser) throws IOException, RejectedEventException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw Scalars.wrong("timestamp", parser, "milliseconds since 1970");
        }
        return parser.getLongValue();
    }
}
