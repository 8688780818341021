package io.datamill.alerter.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * The verdict of an event.
 *
 * @param time of the event
 * @param monitored decided only to see what would be: nobody is told
 * @param json the whole message
 */
public record VerdictEvent(String tenant, String id, Instant time, Verdict verdict, boolean monitored, ObjectNode json)
        implements Message {
    @Override
    public String kind() {
        return "event";
    }

    /** A field of the event, or else of the message, as text; empty where there is none. */
    public String text(String field) {
        var value = json.path("fields").path(field);
        value = value.isMissingNode() ? json.path(field) : value;
        return value.isNull() || value.isMissingNode() ? "" : value.isValueNode() ? value.asText() : value.toString();
    }
}
