package io.datamill.step.decide;

import io.datamill.config.OptionDoc;
import java.io.Serializable;
import java.util.regex.Pattern;

/** A rule as it is written; whether its expression fits a schema {@link Decider#plan} says. */
public record Rule(
        @OptionDoc("What the outcome names: up to 100 letters, digits, spaces and . _ -, beginning with a letter or a"
                + " digit; no two the same, and neither allow-list nor deny-list.")
        String name,

        @OptionDoc("An expression that is true where the rule applies.")
        String when,

        @OptionDoc("What is done about the event then.") Verdict verdict,

        @OptionDoc(
                value = "The label's text, up to 200 characters; for the verdict label, which needs it.",
                otherwise = "none")
        String label)
        implements Serializable {
    /** What decided where the deny list did. */
    static final String DENY_LIST = "deny-list";

    /** What decided where the allow list did. */
    static final String ALLOW_LIST = "allow-list";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}");
    private static final int LONGEST_LABEL = 200;

    public Rule {
        if (name == null) {
            throw new IllegalArgumentException("name is missing; give the rule a name");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: expected up to 100 letters, digits, spaces and . _ -, beginning"
                    + " with a letter or a digit, but read '" + name + "'");
        }
        if (name.equals(DENY_LIST) || name.equals(ALLOW_LIST)) {
            throw new IllegalArgumentException(
                    "name: '" + name + "' stands for the list in outcomes; choose another name");
        }
        if (when == null || when.isBlank()) {
            throw new IllegalArgumentException(
                    "when is missing; give an expression that is true where the rule applies");
        }
        if (verdict == null) {
            throw new IllegalArgumentException("verdict is missing; give quarantine, label or pass");
        }
        if (verdict == Verdict.LABEL && (label == null || label.isBlank())) {
            throw new IllegalArgumentException("label is missing; the verdict label needs its text");
        }
        if (verdict != Verdict.LABEL && label != null) {
            throw new IllegalArgumentException("label goes with the verdict label, but this one is " + verdict.word());
        }
        if (label != null && (label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException(
                    "label: expected up to " + LONGEST_LABEL + " characters, none of them a control character");
        }
    }
}
