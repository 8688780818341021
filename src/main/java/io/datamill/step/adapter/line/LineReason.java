package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;

/**
 * Why a line is no event: reason codes of rejects, beside those of {@link io.datamill.step.adapter.TextReason}. The names
 * are stable: they are shown in rejects and counted in metrics.
 */
public enum LineReason {
    /** The line has more characters than {@code max-line}. */
    LINE_TOO_LONG,
    /** The line is not of the form the pattern says. */
    NO_MATCH,
    /** The pattern tried too many ways to fit the line: see {@link BoundedText}. */
    MATCH_TIMEOUT,
    /** The pattern nests deeper for this line than the stack. */
    MATCH_TOO_DEEP,
    /** A quote that does not end, an escape that is none, or a key that cannot be. */
    MALFORMED_PAIR;

    public RejectedEventException reject(String message) {
        return new RejectedEventException(name(), message);
    }
}
