package io.datamill.step;

/** A value from outside as a message shows it. */
public final class Excerpt {
    private static final int LONGEST = 80;

    private Excerpt() {}

    /** The text in quotes, cut after {@value #LONGEST} characters; other values as they are, cut alike. */
    public static String of(Object value) {
        boolean quoted = value instanceof CharSequence;
        String text = String.valueOf(value);
        String quote = quoted ? "'" : "";
        if (text.length() <= LONGEST) {
            return quote + text + quote;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return quote + text.substring(0, end) + "..." + quote + " (" + text.length() + " characters)";
    }
}
