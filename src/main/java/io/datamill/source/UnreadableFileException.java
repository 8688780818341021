package io.datamill.source;

import java.io.IOException;

/** A file that is not what it has to be. */
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
