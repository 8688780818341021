package io.datamill.expression;

import java.util.List;

/** An expression that is no CEL, or does not fit the schema it reads. */
public final class InvalidExpressionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> issues;

    /** @param issues one line each, with the column; at least one */
    InvalidExpressionException(List<String> issues) {
        super(String.join("; ", issues));
        this.issues = List.copyOf(issues);
    }

    /** Every mistake found, one line each, such as {@code column 4: no field 'contry' in geo; did you mean 'country'?}. */
    public List<String> issues() {
        return issues;
    }
}
