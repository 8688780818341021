package io.datamill.step.adapter.line;

import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;

/**
 * The pairs of one logfmt line after the other: {@code key=value key="a \"value\"" flag}. A key has neither white space,
 * {@code =} nor {@code "}; an unquoted value ends at white space. In quotes there are the escapes of JSON. There is no
 * specification; this is what github.com/go-logfmt/logfmt reads, which also refuses {@code "} in an unquoted value, and
 * {@code =} in one, as of addresses, beside it. From one thread.
 */
final class Pairs {
    private final StringBuilder unescaped = new StringBuilder();
    private String line = "";
    private int position;
    private String key;
    private String value;

    void set(String newLine) {
        line = newLine;
        position = 0;
    }

    /** The key of the pair that {@link #next} found. */
    String key() {
        return key;
    }

    /** Its value; empty for {@code key=}, null for a key alone. */
    String value() {
        return value;
    }

    /**
     * Whether there is another pair.
     *
     * @throws RejectedEventException MALFORMED_PAIR
     */
    boolean next() throws RejectedEventException {
        while (position < line.length() && isSpace(line.charAt(position))) {
            position++;
        }
        if (position == line.length()) {
            return false;
        }
        int start = position;
        while (position < line.length() && isKey(line.charAt(position))) {
            position++;
        }
        key = line.substring(start, position);
        boolean assigned = position < line.length() && line.charAt(position) == '=';
        if (key.isEmpty() || (position < line.length() && line.charAt(position) == '"')) {
            throw malformed("expected a key", position);
        }
        value = null;
        if (assigned) {
            position++;
            value = position < line.length() && line.charAt(position) == '"' ? quoted() : plain();
        }
        return true;
    }

    private String plain() throws RejectedEventException {
        int start = position;
        while (position < line.length() && !isSpace(line.charAt(position))) {
            if (line.charAt(position) == '"') {
                throw malformed("a quote within the value of " + TextReason.quoted(key), position);
            }
            position++;
        }
        return line.substring(start, position);
    }

    private String quoted() throws RejectedEventException {
        int open = position++;
        int start = position;
        unescaped.setLength(0);
        while (position < line.length()) {
            char c = line.charAt(position);
            if (c == '"') {
                unescaped.append(line, start, position++);
                if (position < line.length() && !isSpace(line.charAt(position))) {
                    throw malformed("no space behind the quote that ends the value of " + TextReason.quoted(key), position);
                }
                return unescaped.toString();
            }
            if (c == '\\') {
                unescaped.append(line, start, position);
                escape();
                start = position;
            } else {
                position++;
            }
        }
        throw malformed("a quote that does not end", open);
    }

    private void escape() throws RejectedEventException {
        int at = position;
        position += 2;
        char c = position <= line.length() ? line.charAt(at + 1) : 0;
        switch (c) {
            case '"', '\\', '/' -> unescaped.append(c);
            case 'n' -> unescaped.append('\n');
            case 't' -> unescaped.append('\t');
            case 'r' -> unescaped.append('\r');
            case 'b' -> unescaped.append('\b');
            case 'f' -> unescaped.append('\f');
            case 'u' -> unescaped.append(unicode(at));
            default -> throw malformed("no such escape", at);
        }
    }

    /** A character, or both halves of a surrogate pair: one half alone is no Unicode. */
    private String unicode(int at) throws RejectedEventException {
        char first = hex(at);
        if (!Character.isSurrogate(first)) {
            return String.valueOf(first);
        }
        int second = position;
        if (Character.isHighSurrogate(first) && line.startsWith("\\u", second)) {
            position += 2;
            char low = hex(second);
            if (Character.isLowSurrogate(low)) {
                return new String(new char[] {first, low});
            }
        }
        throw malformed("half a surrogate pair", at);
    }

    private char hex(int at) throws RejectedEventException {
        int code = 0;
        for (int end = position + 4; position < end; position++) {
            int digit = position < line.length() ? Character.digit(line.charAt(position), 16) : -1;
            if (digit < 0 || line.charAt(position) > 'f') {
                throw malformed("no such escape", at);
            }
            code = code << 4 | digit;
        }
        return (char) code;
    }

    private static boolean isSpace(char c) {
        return c <= ' ';
    }

    private static boolean isKey(char c) {
        return c > ' ' && c != '=' && c != '"';
    }

    private RejectedEventException malformed(String problem, int at) {
        return LineReason.MALFORMED_PAIR.reject(
                problem + ", at character " + at + " of line " + TextReason.quoted(line));
    }
}
