package io.datamill.cli.reference;

import io.datamill.pipeline.Option;
import java.util.ArrayList;
import java.util.List;

/**
 * An option where it is shown: those of a nested record stand behind the option that holds them.
 *
 * @param depth 0 at the top
 * @param path with the names of the options around it: {@code batch.rows}
 */
record OptionRow(int depth, String path, Option option) {
    /** A record may hold itself; so deep it is shown. */
    private static final int DEEPEST = 3;

    static List<OptionRow> of(Class<?> config) {
        List<OptionRow> rows = new ArrayList<>();
        add(config, "", 0, rows);
        return rows;
    }

    private static void add(Class<?> config, String around, int depth, List<OptionRow> rows) {
        for (Option option : Option.of(config)) {
            String name = option.whole() ? "" : option.name();
            String path = around.isEmpty() || name.isEmpty() ? around + name : around + '.' + name;
            rows.add(new OptionRow(depth, path, option));
            if (depth < DEEPEST) {
                TypeWords.nested(option.type()).ifPresent(nested -> add(nested, path, depth + 1, rows));
            }
        }
    }

    /** Its own name, or what it is where it is the whole value. */
    String name() {
        return option.whole() ? "(its value)" : option.name();
    }

    String type() {
        return TypeWords.of(option.type());
    }

    String otherwise() {
        return option.isRequired() ? "required" : option.otherwise();
    }

    String text() {
        return option.isDocumented() ? option.text() : "(not described)";
    }
}
