package io.datamill.registry;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which evolutions of a subject are allowed; "earlier" is the latest version, or all of them where transitive. */
public enum CompatibilityLevel {
    /** Any. */
    NONE(false, false, false),
    /** The new schema reads what earlier ones wrote: readers are upgraded first. */
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    /** Earlier schemas read what the new one writes: writers are upgraded first. */
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    /** Both. */
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    /** Of a subject that nobody gave another. */
    public static final CompatibilityLevel DEFAULT = BACKWARD;

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    CompatibilityLevel(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    boolean backward() {
        return backward;
    }

    boolean forward() {
        return forward;
    }

    boolean transitive() {
        return transitive;
    }

    /** From its written form, {@code full-transitive}. */
    public static Optional<CompatibilityLevel> parse(String text) {
        return Arrays.stream(values())
                .filter(level -> level.toString().equals(text))
                .findFirst();
    }

    /** All of them as written, for messages. */
    public static String all() {
        return Arrays.stream(values()).map(CompatibilityLevel::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
