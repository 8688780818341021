package io.datamill.cli.reference;

import java.util.ArrayList;
import java.util.List;

/** Text under headings, for a terminal or as Markdown. Lines of a terminal end before {@value #WIDTH} characters. */
final class Page {
    private static final int WIDTH = 110;

    private final boolean markdown;
    private final StringBuilder text = new StringBuilder();

    Page(boolean markdown) {
        this.markdown = markdown;
    }

    /** @param level from 1, the page's own */
    void heading(int level, String title) {
        if (markdown) {
            text.append("#".repeat(level)).append(' ').append(title).append("\n\n");
        } else {
            text.append(title).append('\n');
        }
    }

    void paragraph(String words) {
        if (markdown) {
            text.append(words).append("\n\n");
        } else {
            wrapped(plain(words), "  ", "  ");
        }
    }

    /** A short remark behind its name; none where it says nothing. */
    void remark(String name, String words) {
        if (words.isEmpty()) {
            return;
        }
        if (markdown) {
            text.append("**").append(name).append(".** ").append(words).append("\n\n");
        } else {
            text.append('\n').append("  ").append(name).append('\n');
            wrapped(plain(words), "    ", "    ");
        }
    }

    void code(String name, String code) {
        if (markdown) {
            text.append("```yaml\n").append(code.stripTrailing()).append("\n```\n\n");
        } else {
            text.append('\n').append("  ").append(name).append('\n');
            code.stripTrailing().lines().forEach(line -> text.append("    ").append(line).append('\n'));
        }
    }

    void options(List<OptionRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (markdown) {
            text.append("| option | type | if absent | meaning |\n|---|---|---|---|\n");
            rows.forEach(row -> row(List.of(
                    row.path().isEmpty() ? row.name() : '`' + row.path() + '`', row.type(), row.otherwise(), row.text())));
            text.append('\n');
            return;
        }
        text.append('\n').append("  options\n");
        for (OptionRow row : rows) {
            String indent = "  ".repeat(row.depth() + 2);
            String absent = row.option().isRequired() ? "required" : "if absent: " + row.otherwise();
            wrapped(row.name() + ": " + plain(row.type() + "; " + absent), indent, indent + "    ");
            wrapped(plain(row.text()), indent + "    ", indent + "    ");
        }
    }

    /** Names with what each is for. */
    void list(List<Entry> entries) {
        int longest = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        for (Entry entry : entries) {
            String padded = "  " + entry.name() + " ".repeat(longest - entry.name().length() + 2);
            wrapped(plain(entry.summary()), padded, " ".repeat(longest + 4));
        }
        text.append('\n');
    }

    void blank() {
        text.append('\n');
    }

    private void row(List<String> cells) {
        List<String> escaped = new ArrayList<>();
        cells.forEach(cell -> escaped.add(cell.replace("|", "\\|").replace("\n", " ")));
        text.append("| ").append(String.join(" | ", escaped)).append(" |\n");
    }

    private void wrapped(String words, String first, String next) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : words.split("\\s+", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.append(line).append('\n');
    }

    private static String plain(String words) {
        return words.replace("`", "");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
