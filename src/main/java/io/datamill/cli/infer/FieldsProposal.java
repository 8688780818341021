package io.datamill.cli.infer;

import io.datamill.cli.infer.Guess.Part;

/** A guess as the {@code fields:} of an adapter. */
final class FieldsProposal {
    private final StringBuilder yaml = new StringBuilder();

    private FieldsProposal() {}

    /** @param indent in front of each line */
    static String of(Guess record, String indent) {
        FieldsProposal proposal = new FieldsProposal();
        proposal.fields(record, indent, indent);
        return proposal.yaml.toString();
    }

    /** @param first in front of the first line, which may begin an element of a list */
    private void fields(Guess record, String first, String indent) {
        String before = first;
        for (Part part : record.parts()) {
            String comment = part.name().equals(part.written()) ? "" : " # " + part.written();
            field(part, before, indent, comment);
            before = indent;
        }
    }

    private void field(Part part, String before, String indent, String comment) {
        Guess guess = part.guess();
        String nullable = guess.nullable() ? "?" : "";
        if (inline(guess) != null) {
            String note = guess.evidence().note();
            String told = comment.isEmpty() && !note.isEmpty() ? " # " + note : comment;
            yaml.append(before).append(part.name()).append(": ").append(quoted(inline(guess) + nullable)).append(told)
                    .append('\n');
        } else if (guess.isRecord()) {
            yaml.append(before).append(part.name()).append(nullable).append(':').append(comment).append('\n');
            fields(guess, indent + "  ", indent + "  ");
        } else if (guess.isArray() && guess.part().isRecord()) {
            yaml.append(before).append(part.name()).append(nullable).append(':').append(comment).append('\n');
            fields(guess.part(), indent + "  - ", indent + "    ");
        } else {
            yaml.append(before.isBlank() ? before + "# " : before)
                    .append(part.name())
                    .append(": left out, a ")
                    .append(guess.type())
                    .append(" of records or lists has no short form\n");
        }
    }

    /** A type that is one word; null where it is none. */
    private static String inline(Guess guess) {
        if (guess.isRecord()) {
            return null;
        }
        if (guess.isArray() || guess.isMap()) {
            String part = inline(guess.part());
            return part == null ? null : guess.type() + '<' + part + (guess.part().nullable() ? "?" : "") + '>';
        }
        return guess.type();
    }

    /** Quotes where YAML would read something else. */
    private static String quoted(String type) {
        return type.matches("[A-Za-z0-9<>?]+|enum\\([A-Za-z0-9_,]+\\)\\??") ? type : '"' + type.replace("\"", "\\\"") + '"';
    }
}
