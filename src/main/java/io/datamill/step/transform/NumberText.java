package io.datamill.step.transform;

import java.math.BigDecimal;

/** Numbers as JSON and CSV files have them: {@code -12.50e3}, with a sign of either kind; at most 128 characters. */
public final class NumberText {
    private static final int LONGEST = 128;
    private static final int LONGEST_LONG = 20;

    private NumberText() {}

    /** A finite double, or {@link Conversion#FAILED}. */
    public static Object real(String text) {
        if (!isNumber(text)) {
            return Conversion.FAILED;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? (Object) value : Conversion.FAILED;
    }

    /** A number of digits alone that a long holds, or {@link Conversion#FAILED}. */
    public static Object whole(String text) {
        int from = signed(text) ? 1 : 0;
        if (text.length() == from || text.length() > LONGEST_LONG || digits(text, from) < text.length()) {
            return Conversion.FAILED;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Conversion.FAILED; // Of 19 digits and more than a long holds.
        }
    }

    /** Null where the text is no number. */
    static BigDecimal exact(String text) {
        if (!isNumber(text)) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null; // An exponent that no int holds.
        }
    }

    /** Not by Double.parseDouble, which takes 1d, 0x1p3, NaN and spaces around as well. */
    private static boolean isNumber(String text) {
        int from = signed(text) ? 1 : 0;
        int point = digits(text, from);
        int end = point;
        if (point < text.length() && text.charAt(point) == '.') {
            end = digits(text, point + 1);
        }
        boolean mantissa = point > from || end > point + 1;
        if (!mantissa || text.length() > LONGEST) {
            return false;
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int first = end + 1 < text.length() && isSign(text.charAt(end + 1)) ? end + 2 : end + 1;
            end = digits(text, first);
            return end > first && end == text.length();
        }
        return end == text.length();
    }

    private static boolean signed(String text) {
        return !text.isEmpty() && isSign(text.charAt(0));
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    /** Where the digits that start at {@code from} end. */
    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
