package io.datamill.step.adapter;

import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads times of a pattern whose parts all have a fixed width, such as {@code dd/MMM/yyyy:HH:mm:ss Z}, without java.time,
 * which takes five times as long. What it does not read may still be a time.
 */
public final class PlainTime {
    private static final int YEAR = 0;
    private static final int MONTH = 1;
    private static final int DAY = 2;
    private static final int HOUR = 3;
    private static final int MINUTE = 4;
    private static final int SECOND = 5;
    private static final int MILLI = 6;
    private static final int OFFSET = 7;
    private static final int NAME = 8;
    private static final int COLON_OFFSET = 9;
    private static final String[] LETTERS = {"uuuu", "MM", "dd", "HH", "mm", "ss", "SSS", "Z", "MMM", "XXX"};
    private static final int[] LEAST = {1, 1, 1, 0, 0, 0, 0};
    private static final int[] MOST = {9999, 12, 31, 23, 59, 59, 999};
    private static final int NAME_LENGTH = 3;
    private static final int MOST_HOURS = 17;

    /** Characters that stand for themselves, and {@code -1 - kind} of what is read. */
    private final int[] parts;

    private final String[] months;
    private final int offset;

    private PlainTime(int[] parts, String[] months, int offset) {
        this.parts = parts;
        this.months = months;
        this.offset = offset;
    }

    /**
     * @param pattern of {@link java.time.format.DateTimeFormatter}
     * @param zone of texts that name none; null: they have no time
     * @return null where the pattern, the language or the zone is not plain
     */
    public static PlainTime of(String pattern, Locale locale, ZoneId zone) {
        int[] parts = parts(pattern);
        if (parts == null) {
            return null;
        }
        boolean[] has = new boolean[LETTERS.length];
        for (int part : parts) {
            if (part < 0 && has[-1 - part]) {
                return null;
            }
            has[Math.max(-1 - part, 0)] |= part < 0;
        }
        boolean zoned = has[OFFSET] != has[COLON_OFFSET];
        boolean whole = has[YEAR] && has[MONTH] != has[NAME] && has[DAY] && has[HOUR] && has[MINUTE];
        String[] months = Arrays.stream(Month.values())
                .map(month -> month.getDisplayName(TextStyle.SHORT, locale))
                .toArray(String[]::new);
        boolean named = !has[NAME]
                || Arrays.stream(months)
                                .distinct()
                                .filter(name -> name.length() == NAME_LENGTH)
                                .count()
                        == months.length;
        boolean fixed = zoned || (!has[OFFSET] && zone instanceof ZoneOffset);
        if (!whole || !named || !fixed || (has[MILLI] && !has[SECOND])) {
            return null;
        }
        return new PlainTime(parts, months, zoned ? 0 : ((ZoneOffset) zone).getTotalSeconds());
    }

    /** Null where a letter is none of ours. */
    private static int[] parts(String pattern) {
        int[] parts = new int[pattern.length()];
        int count = 0;
        int at = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            int end = at + 1;
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
                while (end < pattern.length() && pattern.charAt(end) == c) {
                    end++;
                }
                int kind = Arrays.asList(LETTERS)
                        .indexOf(pattern.substring(at, end).replace('y', 'u'));
                if (kind < 0) {
                    return null;
                }
                parts[count++] = -1 - kind;
            } else if (c == '\'' || "[]{}#".indexOf(c) >= 0) {
                end = pattern.indexOf('\'', end) + 1;
                if (c != '\'' || end < at + 3 || pattern.startsWith("'", end)) {
                    return null; // Also of two quotes, which stand for one.
                }
                for (int i = at + 1; i < end - 1; i++) {
                    parts[count++] = pattern.charAt(i);
                }
            } else {
                parts[count++] = c;
            }
            at = end;
        }
        return Arrays.copyOf(parts, count);
    }

    /** Milliseconds since the epoch, of years 1 to 9999; null where the text is of another form. */
    public Long millis(String text) {
        int[] values = new int[NAME];
        values[OFFSET] = offset;
        int at = 0;
        for (int part : parts) {
            if (part < 0) {
                at = read(-1 - part, text, at, values);
            } else {
                at = at < text.length() && text.charAt(at) == part ? at + 1 : -1;
            }
            if (at < 0) {
                return null;
            }
        }
        if (at != text.length() || !IsoInstant.isDay(values[YEAR], values[MONTH], values[DAY])) {
            return null;
        }
        long days = IsoInstant.daysSinceEpoch(values[YEAR], values[MONTH], values[DAY]);
        long seconds = days * 86_400 + values[HOUR] * 3600L + values[MINUTE] * 60L + values[SECOND] - values[OFFSET];
        return seconds * 1000 + values[MILLI];
    }

    /** Where the part ends, or -1. */
    private int read(int kind, String text, int at, int[] values) {
        return switch (kind) {
            case NAME -> month(text, at, values);
            case OFFSET -> offset(text, at, false, values);
            case COLON_OFFSET -> offset(text, at, true, values);
            default -> number(text, at, kind, values);
        };
    }

    private static int number(String text, int at, int kind, int[] values) {
        int end = at + LETTERS[kind].length();
        int value = end > text.length() ? -1 : IsoInstant.number(text, at, end);
        values[kind] = value;
        return value < LEAST[kind] || value > MOST[kind] ? -1 : end;
    }

    private int month(String text, int at, int[] values) {
        for (int i = 0; i < months.length; i++) {
            if (text.startsWith(months[i], at)) {
                values[MONTH] = i + 1;
                return at + NAME_LENGTH;
            }
        }
        return -1;
    }

    /** {@code +0100}, or with a colon {@code +01:00} and {@code Z}. */
    private static int offset(String text, int at, boolean colon, int[] values) {
        if (colon && text.startsWith("Z", at)) {
            return at + 1;
        }
        int minutes = at + (colon ? 4 : 3);
        int end = minutes + 2;
        if (end > text.length() || (colon && text.charAt(minutes - 1) != ':')) {
            return -1;
        }
        char sign = text.charAt(at);
        int hour = IsoInstant.number(text, at + 1, at + 3);
        int minute = IsoInstant.number(text, minutes, end);
        if ((sign != '+' && sign != '-') || hour < 0 || hour > MOST_HOURS || minute < 0 || minute > 59) {
            return -1;
        }
        values[OFFSET] = (sign == '-' ? -1 : 1) * (hour * 3600 + minute * 60);
        return end;
    }
}
