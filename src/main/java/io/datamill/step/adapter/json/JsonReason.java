package io.datamill.step.adapter.json;

import io.datamill.event.RejectedEventException;

/** Why JSON is no event: reason codes of rejects, beside those of {@link io.datamill.step.adapter.TextReason}. */
public enum JsonReason {
    /** The text is no JSON by RFC 8259, nor several objects with white space between them. */
    MALFORMED_JSON,
    /** The text is deeper, or a name, a string or the number of events larger, than {@link JsonText} takes. */
    JSON_BEYOND_LIMITS,
    /** There is JSON, and where an event should be is no object. */
    NOT_AN_OBJECT,
    /** The object has the members of no form. */
    UNKNOWN_FORM;

    RejectedEventException reject(String message) {
        return new RejectedEventException(name(), message);
    }
}
