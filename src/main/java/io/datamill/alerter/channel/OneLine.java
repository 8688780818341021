package io.datamill.alerter.channel;

/** Text from outside, made fit for a subject, a header or a line of a message. */
public final class OneLine {
    private OneLine() {}

    /**
     * The text without control characters, line breaks, characters that turn the direction of writing and halves of
     * characters, each of which becomes a space.
     *
     * @param most characters; what is longer is cut and ends with an ellipsis
     */
    public static String of(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most));
        int at = 0;
        while (at < text.length() && clean.length() < most) {
            int point = text.codePointAt(at);
            at += Character.charCount(point);
            clean.appendCodePoint(isHarmless(point) ? point : ' ');
        }
        String line = clean.toString().strip();
        return at < text.length() ? line + '…' : line;
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
