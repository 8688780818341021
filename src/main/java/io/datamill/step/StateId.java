package io.datamill.step;

import java.util.regex.Pattern;

/** The {@code id} of a step that remembers: it names the operator in savepoints, so it stays when the step moves. */
public final class StateId {
    private static final Pattern ALLOWED = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private StateId() {}

    /** @throws IllegalArgumentException unless it is there and well-formed */
    public static void require(String id) {
        if (id == null) {
            throw new IllegalArgumentException("id is missing; it names the step's state and must not change later");
        }
        if (!ALLOWED.matcher(id).matches()) {
            throw new IllegalArgumentException("id is '" + id + "', expected " + ALLOWED.pattern());
        }
    }
}
