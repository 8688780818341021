package io.datamill.step.adapter.table;

import io.datamill.event.RejectedEventException;

/** Why a table's text is no event: reason codes of rejects, beside those of {@link io.datamill.step.adapter.TextReason}. */
public enum TableReason {
    /** A quote that does not end, text behind one that has, no header where there should be one, or too much of it. */
    MALFORMED_TABLE,
    /** A row has another number of fields than the header, or than there are columns. */
    ROW_LENGTH;

    RejectedEventException reject(String message) {
        return new RejectedEventException(name(), message);
    }
}
