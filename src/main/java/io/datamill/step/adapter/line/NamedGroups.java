package io.datamill.step.adapter.line;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression whose groups may have any names, the same one several times too: java.util.regex takes letters
 * and digits only, each name once. They are renamed for it and found by number.
 */
final class NamedGroups {
    private final String written;
    private final StringBuilder out = new StringBuilder();
    private final Map<String, List<Integer>> groups = new LinkedHashMap<>();
    private int position;
    private int count;

    /** @throws IllegalArgumentException saying what is wrong with the expression */
    NamedGroups(String written) {
        this.written = written;
        while (position < written.length()) {
            char c = written.charAt(position);
            if (c == '\\') {
                escape();
            } else if (c == '[') {
                characterClass();
            } else if (c == '(') {
                group();
            } else {
                copy(1);
            }
        }
        try {
            int found = Pattern.compile(regex()).matcher("").groupCount();
            if (found != count) {
                throw new IllegalArgumentException(
                        "has " + found + " groups, of which " + count + " were found; leave comments in it away");
            }
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("is nested too deep", e);
        }
    }

    /** As java.util.regex takes it. */
    String regex() {
        return out.toString();
    }

    /** The numbers of the groups of each name, in the order they stand. */
    Map<String, List<Integer>> groups() {
        return groups;
    }

    private void copy(int length) {
        int end = Math.min(position + length, written.length());
        out.append(written, position, end);
        position = end;
    }

    private void escape() {
        if (written.startsWith("\\Q", position)) {
            int end = written.indexOf("\\E", position);
            copy(end < 0 ? written.length() : end + 2 - position);
        } else if (written.startsWith("\\k<", position)) {
            int end = nameEnd(position + 3);
            String name = written.substring(position + 3, end);
            List<Integer> numbers = groups.get(name);
            if (numbers == null) {
                throw new IllegalArgumentException("refers to a group '" + name + "' that does not stand before");
            }
            out.append("\\k<g").append(numbers.get(0)).append('>');
            position = end + 1;
        } else {
            copy(2);
        }
    }

    /** Brackets may nest; a bracket that ends is a character where it stands first. */
    private void characterClass() {
        int depth = 0;
        do {
            char c = written.charAt(position);
            if (c == '\\') {
                escape();
            } else if (c == '[') {
                depth++;
                copy(written.startsWith("[^", position) ? 2 : 1);
                copy(written.startsWith("]", position) ? 1 : 0);
            } else {
                depth -= c == ']' ? 1 : 0;
                copy(1);
            }
        } while (depth > 0 && position < written.length());
    }

    private void group() {
        if (!written.startsWith("(?", position)) {
            count++;
            copy(1);
            return;
        }
        boolean named = written.startsWith("(?<", position)
                && !written.startsWith("(?<=", position)
                && !written.startsWith("(?<!", position);
        if (!named) {
            copy(2);
            return;
        }
        int end = nameEnd(position + 3);
        count++;
        groups.computeIfAbsent(written.substring(position + 3, end), name -> new ArrayList<>())
                .add(count);
        out.append("(?<g").append(count).append('>');
        position = end + 1;
    }

    private int nameEnd(int from) {
        int end = written.indexOf('>', from);
        if (end <= from) {
            throw new IllegalArgumentException("has a group without a name, expected such as (?<name>...)");
        }
        return end;
    }
}
