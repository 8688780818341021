package io.datamill.step;

import java.util.regex.Pattern;

/** The {@code id} of a step that remembers: it names the operator in savepoints, so it stays when the step moves. */
public final class StateId {
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private StateId() {}

    /** @throws IllegalArgumentException unless it is there and well-formed */
    public static void require(String id) {
        if (id == null) {
            throw new IllegalArgumentException("id is required: the step's state is kept under it");
        }
        if (!ALLOWED.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id: expected 1 to 63 of a-z, 0-9 and '-', beginning with a letter, but read '" + id + "'");
        }
    }
}
