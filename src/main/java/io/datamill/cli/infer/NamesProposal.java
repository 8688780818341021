package io.datamill.cli.infer;

import io.datamill.cli.infer.Guess.Part;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which member or column each field is read from, where no field can have its name: the {@code names:} of an adapter. */
final class NamesProposal {
    private final boolean dotted;
    private final Map<String, String> names = new LinkedHashMap<>();

    private NamesProposal(boolean dotted) {
        this.dotted = dotted;
    }

    /**
     * The block, or the empty text where every name can be kept.
     *
     * @param dotted whether a dot leads into a member, so that one within a name is escaped
     * @param indent in front of each line
     */
    static String of(Guess record, boolean dotted, String indent) {
        NamesProposal proposal = new NamesProposal(dotted);
        proposal.add("", record);
        if (proposal.names.isEmpty()) {
            return "";
        }
        StringBuilder yaml = new StringBuilder(indent).append("names:\n");
        proposal.names.forEach((field, name) -> yaml.append(indent)
                .append("  ")
                .append(field.matches("[A-Za-z0-9_.]+") ? field : '"' + field + '"')
                .append(": '")
                .append(name.replace("'", "''"))
                .append("'\n"));
        return yaml.toString();
    }

    private void add(String around, Guess guess) {
        if (guess.isArray()) {
            add(around + "[]", guess.part());
        }
        if (!guess.isRecord()) {
            return;
        }
        for (Part part : guess.parts()) {
            String path = around.isEmpty() ? part.name() : around + '.' + part.name();
            if (!part.name().equals(part.written())) {
                names.put(path, dotted ? part.written().replace("\\", "\\\\").replace(".", "\\.") : part.written());
            }
            add(path, part.guess());
        }
    }
}
