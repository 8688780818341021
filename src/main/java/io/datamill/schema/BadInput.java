package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.io.IOException;

/** Carries a reason through Avro's readers, which only let IOException pass. */
final class BadInput extends IOException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    BadInput(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** None: it says what is wrong with the data; where in our code is of no interest, and would cost time. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
