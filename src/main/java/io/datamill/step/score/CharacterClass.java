package io.datamill.step.score;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What {@link Feature.Share} counts, by UTF-16 unit. */
public enum CharacterClass {
    @JsonProperty("upper-case")
    UPPER_CASE {
        @Override
        boolean holds(char unit) {
            return Character.isUpperCase(unit);
        }
    },
    @JsonProperty("digit")
    DIGIT {
        @Override
        boolean holds(char unit) {
            return unit >= '0' && unit <= '9';
        }
    },
    @JsonProperty("non-ascii")
    NON_ASCII {
        @Override
        boolean holds(char unit) {
            return unit > 0x7f;
        }
    };

    abstract boolean holds(char unit);

    /** How much of a text, which is not empty, is of this class: 0 to 1. */
    final double share(String text) {
        int found = 0;
        for (int i = 0; i < text.length(); i++) {
            if (holds(text.charAt(i))) {
                found++;
            }
        }
        return (double) found / text.length();
    }
}
