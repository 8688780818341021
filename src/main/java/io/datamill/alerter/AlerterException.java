package io.datamill.alerter;

/** The alerter cannot go on; says why. */
public final class AlerterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlerterException(String message, Throwable cause) {
        super(message, cause);
    }
}
