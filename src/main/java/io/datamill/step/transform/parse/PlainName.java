package io.datamill.step.transform.parse;

/** The name in front of an address where it is of a plain form, which nearly all are: atoms, or one text in quotes. */
final class PlainName {
    private PlainName() {}

    /**
     * The name as it is written, without its quotes; its encoded words are not decoded.
     *
     * @param end where the angle bracket stands
     * @return null where it is of another form, which may still be a name
     */
    static String of(String text, int end) {
        if (text.charAt(0) == '"') {
            return quoted(text, end);
        }
        return isPhrase(text, end) ? text.substring(0, end) : null;
    }

    /** What one pair of quotes holds, without an escape, and spaces alone behind it. */
    private static String quoted(String text, int end) {
        int close = text.indexOf('"', 1);
        if (close < 0 || close >= end || !text.substring(close + 1, end).isBlank()) {
            return null;
        }
        for (int i = 1; i < close; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '\\' || (c > '~' && c < 0xa1)) {
                return null;
            }
        }
        return text.substring(1, close);
    }

    /** Words of letters, digits and the signs of atoms, with spaces between; a dot behind a letter as in {@code J. S.} */
    private static boolean isPhrase(String text, int end) {
        boolean dots = false;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '.' ? !dots : c != ' ' && !isAtom(c)) {
                return false;
            }
            dots = EmailText.isLetterOrDigit(c);
        }
        return true;
    }

    private static boolean isAtom(char c) {
        return EmailText.isLetterOrDigit(c) || c >= 0xa1 || EmailText.ATOM_SIGNS.indexOf(c) >= 0;
    }
}
