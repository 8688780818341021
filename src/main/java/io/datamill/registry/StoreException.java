package io.datamill.registry;

/** The store did not do what it was asked for; says why and where. The request may be sent again. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
