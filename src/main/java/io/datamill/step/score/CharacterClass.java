package io.datamill.step.score;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What {@link Feature.Share} counts, by UTF-16 unit. */
public enum CharacterClass {
    @JsonProperty("upper-case")
    UPPER_CASE {
        @Override
        int count(String text) {
            int found = 0;
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                // Most units are ASCII, and a comparison costs a fraction of the look-up.
                if (unit < ASCII ? unit >= 'A' && unit <= 'Z' : Character.isUpperCase(unit)) {
                    found++;
                }
            }
            return found;
        }
    },
    @JsonProperty("digit")
    DIGIT {
        @Override
        int count(String text) {
            int found = 0;
            for (int i = 0; i < text.length(); i++) {
                char unit = text.charAt(i);
                if (unit >= '0' && unit <= '9') {
                    found++;
                }
            }
            return found;
        }
    };

    private static final int ASCII = 0x80;

    /** How many units of the text are of this class. */
    abstract int count(String text);

    /** How much of a text, which is not empty, is of this class: 0 to 1. */
    final double share(String text) {
        return (double) count(text) / text.length();
    }
}
