package io.datamill.sink.outbox;

/** The store is there, but is not set up as the pipeline needs it: a table is missing, a password is wrong. */
public final class FatalStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, and the command that puts it right */
    public FatalStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
