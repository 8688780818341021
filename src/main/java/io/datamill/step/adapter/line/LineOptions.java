package io.datamill.step.adapter.line;

import io.datamill.step.adapter.TextInput;
import java.io.Serializable;
import java.nio.charset.Charset;

/**
 * How lines stand in a record.
 *
 * @param charset its name, as {@link TextInput#charset} takes it
 * @param single whether a record is one line, whatever is in it
 * @param longest characters of a line
 */
record LineOptions(String charset, boolean single, int longest) implements Serializable {
    static final int DEFAULT_LONGEST = 8 << 10;
    private static final int MOST = 1 << 20;

    static LineOptions of(String charset, Lines lines, Integer maxLine) {
        return new LineOptions(charset, lines == Lines.SINGLE, checkedMaxLine(maxLine));
    }

    /** @throws IllegalArgumentException beginning with {@code max-line} */
    static int checkedMaxLine(Integer maxLine) {
        int longest = maxLine == null ? DEFAULT_LONGEST : maxLine;
        if (longest < 1 || longest > MOST) {
            throw new IllegalArgumentException("max-line is " + maxLine + ", expected 1 to " + MOST + " characters");
        }
        return longest;
    }

    Charset opened() {
        return TextInput.charset(charset);
    }
}
