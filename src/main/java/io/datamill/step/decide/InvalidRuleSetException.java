package io.datamill.step.decide;

import java.util.List;

/** A rule set that cannot be read, or is none. */
public final class InvalidRuleSetException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> mistakes;

    InvalidRuleSetException(List<String> mistakes, Throwable cause) {
        super(String.join("; ", mistakes), cause);
        this.mistakes = List.copyOf(mistakes);
    }

    /** Every mistake found, one line each, beginning with the file and, where it has one, the line. */
    public List<String> mistakes() {
        return mistakes;
    }
}
