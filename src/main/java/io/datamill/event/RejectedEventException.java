package io.datamill.event;

/** This event is wrong: it goes to the rejects and the stream goes on. */
public final class RejectedEventException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a stable code in upper case, such as {@code NO_TENANT}
     * @param message what was read and what was expected
     */
    public RejectedEventException(String reason, String message) {
        // Rejects are counted by the million at times: neither stack trace nor suppression is recorded.
        super(message, null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
