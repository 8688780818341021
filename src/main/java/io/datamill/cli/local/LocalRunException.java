package io.datamill.cli.local;

/** A local run that failed: not because of a record, which would have been rejected. */
public final class LocalRunException extends Exception {
    private static final long serialVersionUID = 1L;

    LocalRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
