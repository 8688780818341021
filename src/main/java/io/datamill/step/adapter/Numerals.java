package io.datamill.step.adapter;

import java.math.BigDecimal;
import java.nio.ByteBuffer;

/**
 * Numbers as JSON and tables write them: ASCII digits, a sign in front, a point, an exponent. Neither spaces nor {@code
 * NaN}, {@code 0x} or a type's letter behind, all of which Java's own parsers take.
 */
final class Numerals {
    /** A number of more characters is refused before it is read: reading takes the square of its length. */
    static final int LONGEST = 1000;

    /** No decimal has more digits; an exponent beyond is out of range whatever the digits are. */
    private static final int FARTHEST_EXPONENT = 2000;

    private Numerals() {}

    /** Whether the text is a whole number without an exponent, of whatever size. */
    static boolean isWhole(CharSequence text) {
        int start = text.length() > 0 && isSign(text.charAt(0)) ? 1 : 0;
        return text.length() > start && text.length() <= LONGEST && digitsEnd(text, start) == text.length();
    }

    /** Whether the text is a number, of whatever size. */
    static boolean isNumber(CharSequence text) {
        int length = text.length();
        if (length == 0 || length > LONGEST) {
            return false;
        }
        int start = isSign(text.charAt(0)) ? 1 : 0;
        int at = digitsEnd(text, start);
        int digits = at - start;
        if (at < length && text.charAt(at) == '.') {
            int point = at;
            at = digitsEnd(text, point + 1);
            digits += at - point - 1;
        }
        if (digits > 0 && at < length && (text.charAt(at) | 0x20) == 'e') {
            at++;
            at += at < length && isSign(text.charAt(at)) ? 1 : 0;
            int end = digitsEnd(text, at);
            return end > at && end == length;
        }
        return digits > 0 && at == length;
    }

    /**
     * A whole number between two bounds.
     *
     * @param text of which {@link #isWhole} holds
     * @return null where it is beyond them
     */
    static Long whole(CharSequence text, long least, long most) {
        boolean negative = text.charAt(0) == '-';
        long value = 0; // The negative of what was read: there is one negative number more.
        for (int i = isSign(text.charAt(0)) ? 1 : 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (value < (Long.MIN_VALUE + digit) / 10) {
                return null;
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            return null;
        }
        value = negative ? value : -value;
        return value < least || value > most ? null : (Long) value;
    }

    /**
     * The double nearest to a number.
     *
     * @param text of which {@link #isNumber} holds
     * @return null where it is beyond all doubles
     */
    static Double real(String text) {
        double value = Double.parseDouble(text);
        return Double.isInfinite(value) ? null : (Double) value;
    }

    /**
     * A number exactly, as Avro's decimal of bytes has it.
     *
     * @param text of which {@link #isNumber} holds
     * @return null where it has more digits, before or behind the point
     */
    static ByteBuffer decimal(String text, int precision, int scale) {
        BigDecimal value = exact(text);
        if (value == null) {
            return null;
        }
        if (value.signum() != 0 && (value.scale() > FARTHEST_EXPONENT || value.scale() < -FARTHEST_EXPONENT)) {
            return null;
        }
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (plain.scale() > scale || (plain.signum() != 0 && plain.precision() - plain.scale() > precision - scale)) {
            return null;
        }
        return ByteBuffer.wrap(plain.setScale(scale).unscaledValue().toByteArray());
    }

    /** Null where its exponent is beyond any decimal. */
    static BigDecimal exact(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null; // The exponent is no int: the text is a number otherwise.
        }
    }

    private static boolean isSign(char c) {
        return c == '-' || c == '+';
    }

    private static int digitsEnd(CharSequence text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
