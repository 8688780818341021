package io.datamill.alerter.message;

/** A message of the stream is none that the alerter knows; says why. */
public final class UnreadableMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableMessageException(String message) {
        super(message);
    }
}
