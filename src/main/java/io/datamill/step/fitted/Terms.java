package io.datamill.step.fitted;

import java.io.Serializable;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Cuts a text into terms: the longest runs of Unicode letters and digits, in lower case.
 *
 * @param minLength in characters; shorter ones are left out
 * @param maxChars what stands behind so many characters of a text is not read
 */
record Terms(int minLength, int maxChars) implements Serializable {
    /** Longer runs are no words; they are left out. */
    static final int LONGEST = 64;

    void of(String text, Consumer<String> terms) {
        String read = (text.length() > maxChars ? text.substring(0, maxChars) : text).toLowerCase(Locale.ROOT);
        int start = -1;
        int at = 0;
        while (at < read.length()) {
            int point = read.codePointAt(at);
            boolean inside = Character.isLetterOrDigit(point);
            if (inside && start < 0) {
                start = at;
            } else if (!inside && start >= 0) {
                give(read, start, at, terms);
                start = -1;
            }
            at += Character.charCount(point);
        }
        if (start >= 0) {
            give(read, start, at, terms);
        }
    }

    private void give(String text, int start, int end, Consumer<String> terms) {
        if (end - start >= minLength && end - start <= LONGEST) {
            terms.accept(text.substring(start, end));
        }
    }
}
