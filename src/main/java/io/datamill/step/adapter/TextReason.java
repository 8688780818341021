package io.datamill.step.adapter;

import io.datamill.event.RejectedEventException;

/**
 * Why text is no event, whatever its format: reason codes of rejects, beside those of {@link HeaderReason}. The names are
 * stable: they are shown in rejects and counted in metrics.
 */
public enum TextReason {
    /** The record begins as gzip or zlib and cannot be inflated. */
    BROKEN_COMPRESSION,
    /** The record inflates to more than {@link TextInput#MOST_INFLATED} bytes. */
    INFLATED_TOO_LARGE,
    /** The bytes are no text of the charset, or a string holds half a surrogate pair. */
    MALFORMED_TEXT,
    /** A field that must have a value is not there, or null. */
    MISSING_FIELD,
    /** A value is of another type than its field. */
    WRONG_TYPE,
    /** A number is of the right type and does not fit in it. */
    OUT_OF_RANGE,
    /** The record has a field that the configuration does not name. */
    UNKNOWN_FIELD,
    /** A name that stands for one value is there twice. */
    DUPLICATE_NAME;

    private static final int LONGEST_SHOWN = 80;

    public RejectedEventException reject(String message) {
        return new RejectedEventException(name(), message);
    }

    /** What a sender wrote, for a message: in quotes, cut after 80 characters, and all but printable ASCII escaped. */
    public static String quoted(CharSequence text) {
        return text.length() > LONGEST_SHOWN
                ? "'" + printable(text, LONGEST_SHOWN) + "...' of " + text.length() + " characters"
                : "'" + printable(text, LONGEST_SHOWN) + '\'';
    }

    /** The first characters of a text that goes into a message, all but printable ASCII escaped. */
    public static String printable(CharSequence text, int most) {
        StringBuilder printable = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), most); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                printable.append(c);
            } else {
                printable.append(String.format("\\u%04x", (int) c));
            }
        }
        return printable.toString();
    }
}
