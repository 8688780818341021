package io.datamill.cli.infer;

import io.datamill.cli.infer.Guess.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Each field with its type, how often it is null, and for how much of the sample the type holds. */
final class GuessTable {
    private static final int WIDEST = 48;

    private final List<String[]> rows = new ArrayList<>();

    private GuessTable() {}

    static String of(Guess record) {
        GuessTable table = new GuessTable();
        table.rows.add(new String[] {"field", "type", "null", "holds", ""});
        table.add("", record);
        return table.text();
    }

    static String percent(double share) {
        double percent = share * 100;
        // What is not all must not look like all.
        return percent > 99.9 && percent < 100 ? "99.9%" : percent > 0 && percent < 0.1
                ? "0.1%"
                : String.format(Locale.ROOT, percent == Math.rint(percent) ? "%.0f%%" : "%.1f%%", percent);
    }

    private void add(String around, Guess guess) {
        for (Part part : guess.parts()) {
            String path = around + (guess.isRecord() ? (around.isEmpty() ? "" : ".") + part.written() : "[]");
            Guess of = part.guess();
            Guess.Evidence evidence = of.evidence();
            rows.add(new String[] {
                path,
                of.type() + (of.nullable() ? "?" : ""),
                percent(evidence.nullShare()),
                evidence.values() == 0 ? "-" : percent(evidence.holdsShare()),
                part.name().equals(part.written()) || !guess.isRecord()
                        ? evidence.note()
                        : "as " + part.name() + (evidence.note().isEmpty() ? "" : "; " + evidence.note())
            });
            add(path, of);
        }
    }

    private String text() {
        int[] widths = new int[4];
        for (String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(WIDEST, Math.max(widths[i], row[i].length()));
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            String line = String.format(
                    Locale.ROOT,
                    "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3] + "s  %s",
                    (Object[]) row);
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
