package io.datamill.event;

/** This event is wrong: it goes to the rejects and the stream goes on. */
public final class RejectedEventException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_MESSAGE = 2_000;

    private final String reason;

    /**
     * @param reason a stable code in upper case, such as {@code NO_TENANT}
     * @param message what was read and what was expected; cut after {@value #LONGEST_MESSAGE} characters, since what was
     *     read may be in it
     */
    public RejectedEventException(String reason, String message) {
        // Rejects are counted by the million at times: neither stack trace nor suppression is recorded.
        super(shortened(message), null, false, false);
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    private static String shortened(String message) {
        if (message == null || message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        boolean pair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
        return message.substring(0, pair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE) + "...";
    }
}
