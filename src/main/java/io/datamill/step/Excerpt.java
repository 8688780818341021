package io.datamill.step;

/** A value from outside as a message shows it. */
public final class Excerpt {
    private static final int LONGEST = 80;

    private Excerpt() {}

    /** The text in quotes, cut after {@value #LONGEST} characters; other values as they are. */
    public static String of(Object value) {
        if (!(value instanceof CharSequence)) {
            return String.valueOf(value);
        }
        String text = value.toString();
        return text.length() <= LONGEST
                ? "'" + text + "'"
                : "'" + text.substring(0, LONGEST) + "...' (" + text.length() + " characters)";
    }
}
