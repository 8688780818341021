package io.datamill.step.transform.parse;

import java.util.Set;

/** What a text is read as. */
public enum Kind {
    TIMESTAMP("formats", "zone", "locale"),
    DATE("formats", "locale"),
    NUMBER("locale", "to", "percent"),
    BOOLEAN("true-values", "false-values"),
    URL("max-parameters"),
    QUERY("which", "max-parameters"),
    EMAIL(),
    ADDRESS(),
    DURATION(),
    BYTES();

    private static final int SHORT = 256;
    private static final int LONG = 8192;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of gives one that does not change.
    private final Set<String> options;

    Kind(String... options) {
        this.options = Set.of(options);
    }

    /** The options that this kind has of its own. */
    Set<String> options() {
        return options;
    }

    /** Whether it gives several values, which need a field of their own. */
    boolean isCompound() {
        return this == URL || this == QUERY || this == EMAIL || this == ADDRESS;
    }

    /** Characters; what is longer is not read. */
    int longest() {
        return this == URL || this == QUERY ? LONG : this == EMAIL || this == ADDRESS ? 2 * SHORT : SHORT;
    }

    /** As it is written. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
