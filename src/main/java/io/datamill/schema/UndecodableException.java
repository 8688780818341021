package io.datamill.schema;

/**
 * These bytes are not a record that can be read: the event is wrong, never the system. A step turns it into a reject.
 * It carries no stack trace, since a stream of broken records must cost no more than a stream of good ones; the message
 * says what was read and what was expected.
 */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why the bytes cannot be read. The names are stable: they are shown in rejects and metrics. */
    public enum Reason {
        /** Shorter than the wire format's header. */
        TOO_SHORT,
        /** The first byte is not the wire format's version. */
        WRONG_HEADER,
        /** The second byte names no compression that is known. */
        UNKNOWN_COMPRESSION,
        /** The compressed part does not inflate, ends early or goes on after its end. */
        CORRUPT_COMPRESSION,
        /** Inflates to more than the limit, or holds more items than the limit. */
        TOO_LARGE,
        /** No registered schema has this id. */
        UNKNOWN_SCHEMA,
        /** The writer's schema is known but cannot be read as the reader's. */
        INCOMPATIBLE_SCHEMA,
        /** The payload ends within a value, or states a length that goes beyond its end. */
        TRUNCATED,
        /** Bytes are left after the record. */
        TRAILING_BYTES,
        /** A value that its schema does not allow, such as a union branch that does not exist. */
        MALFORMED
    }

    private final Reason reason;

    UndecodableException(Reason reason, String message) {
        this(reason, message, null);
    }

    UndecodableException(Reason reason, String message, Throwable cause) {
        super(message, cause, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
