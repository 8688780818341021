package io.datamill.alerter.store;

import java.sql.SQLException;

/** Another process has taken over; nothing of the transaction has happened. */
public final class LeaseLostException extends SQLException {
    private static final long serialVersionUID = 1L;

    LeaseLostException(String alerter) {
        super("another process has taken over as alerter '" + alerter + "'");
    }
}
