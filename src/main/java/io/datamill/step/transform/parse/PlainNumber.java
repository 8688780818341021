package io.datamill.step.transform.parse;

import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.DecimalFormatSymbols;

/** Brings a number as a locale writes it to plain digits: {@code 1.234,5} to {@code 1234.5}. For one thread. */
final class PlainNumber {
    private final char zero;
    private final char grouping;
    private final char point;
    private final char minus;
    private final char percentSign;
    private final int group;
    private final int higherGroup;
    private final boolean percent;
    private final StringBuilder plain = new StringBuilder();

    /** @param percent whether a percent sign stands behind each number, which is a hundredth then */
    PlainNumber(DecimalFormat format, boolean percent) {
        DecimalFormatSymbols symbols = format.getDecimalFormatSymbols();
        this.zero = symbols.getZeroDigit();
        this.grouping = symbols.getGroupingSeparator();
        this.point = symbols.getDecimalSeparator();
        this.minus = symbols.getMinusSign();
        this.percentSign = symbols.getPercent();
        this.group = Math.max(format.getGroupingSize(), 1);
        this.higherGroup = format.getSecondaryGroupingSize() > 0 ? format.getSecondaryGroupingSize() : group;
        this.percent = percent;
    }

    /** Null where it is no number of the locale. */
    String of(String written) {
        String text = percent ? withoutPercent(written) : written;
        if (text == null || text.isEmpty()) {
            return null;
        }
        plain.setLength(0);
        int at = 0;
        char first = text.charAt(0);
        if (first == '-' || first == '\u2212' || first == minus) {
            plain.append('-');
            at = 1;
        } else if (first == '+') {
            at = 1;
        }
        int end = whole(text, at);
        if (end < 0 || (end < text.length() && !fraction(text, end)) || text.length() == at) {
            return null;
        }
        return (percent ? plain.append("e-2") : plain).toString();
    }

    private String withoutPercent(String text) {
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        // strip() leaves no-break spaces, which stand before a percent sign in French and German.
        String number = text.isEmpty() ? text : text.substring(0, text.length() - 1);
        while (!number.isEmpty() && isSpace(number.charAt(number.length() - 1))) {
            number = number.substring(0, number.length() - 1);
        }
        return last == '%' || last == percentSign ? number : null;
    }

    /** Takes the digits before the point, whose groups are full but for the first; where they end, or -1. */
    private int whole(String text, int from) {
        int at = from;
        int digits = 0;
        boolean grouped = false;
        while (at < text.length() && text.charAt(at) != point) {
            int digit = digit(text.charAt(at));
            if (digit >= 0) {
                plain.append((char) ('0' + digit));
                digits++;
            } else if (isGrouping(text.charAt(at))
                    && (grouped ? digits == higherGroup : digits > 0 && digits <= higherGroup)) {
                grouped = true;
                digits = 0;
            } else {
                return -1;
            }
            at++;
        }
        return grouped && digits != group ? -1 : at;
    }

    /** Takes the point and the digits behind it, at least one. */
    private boolean fraction(String text, int from) {
        plain.append('.');
        for (int at = from + 1; at < text.length(); at++) {
            int digit = digit(text.charAt(at));
            if (digit < 0) {
                return false;
            }
            plain.append((char) ('0' + digit));
        }
        return from + 1 < text.length();
    }

    /** Of the locale, or of ASCII. */
    private int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= zero && c <= zero + 9 ? c - zero : -1;
    }

    private boolean isGrouping(char c) {
        return c == grouping
                || (isSpace(grouping) && isSpace(c))
                || (grouping == '\u2019' && c == '\''); // Switzerland's, as keyboards have it.
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\u00a0' || c == '\u202f' || c == '\u2009';
    }
}
