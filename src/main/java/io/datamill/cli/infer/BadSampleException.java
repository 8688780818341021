package io.datamill.cli.infer;

import java.io.IOException;

/** A sample that cannot be read as what it is taken for: the user's to mend. */
public final class BadSampleException extends IOException {
    private static final long serialVersionUID = 1L;

    public BadSampleException(String message) {
        super(message);
    }
}
