package io.datamill.step.decide;

import java.util.Locale;

/** What is done about an event. */
public enum Verdict {
    /** It is held back. */
    QUARANTINE,
    /** It goes on with a text that says what is odd. */
    LABEL,
    /** It goes on as it is. */
    PASS;

    /** As rules and outcomes have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
