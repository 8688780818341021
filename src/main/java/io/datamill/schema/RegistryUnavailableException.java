package io.datamill.schema;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The registry did not answer, or not with an answer: what was asked for may well be there. Never a reject. */
public final class RegistryUnavailableException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, IOException cause) {
        super(message, cause);
    }
}
