package io.datamill.step.adapter;

/** Reads the plain form {@code 2026-01-31T12:00:00.123Z} of ISO-8601 without java.time, which makes a dozen objects for one. */
public final class IsoInstant {
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int FRACTION = 20;

    private IsoInstant() {}

    /** Milliseconds since the epoch, or null where the text is of another form, which may still be a time. */
    public static Long millis(String text) {
        int length = text.length();
        if (length < FRACTION
                || length > FRACTION + 10
                || text.charAt(length - 1) != 'Z'
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int fraction = length == FRACTION ? 0 : thousandths(text, length - 1);
        if (year < 0 || !isDay(year, month, day) || fraction < 0) {
            return null;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return null;
        }
        long seconds = daysSinceEpoch(year, month, day) * 86_400L + hour * 3600L + minute * 60L + second;
        return seconds * 1000 + fraction;
    }

    static boolean isDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        boolean leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= DAYS[month - 1] + (leap ? 1 : 0);
    }

    /** Of the Gregorian calendar; http://howardhinnant.github.io/date_algorithms.html#days_from_civil. */
    static long daysSinceEpoch(int year, int month, int day) {
        int fromMarch = month > 2 ? year : year - 1;
        int era = Math.floorDiv(fromMarch, 400);
        int yearOfEra = fromMarch - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /** What is finer than a millisecond is cut off; -1 where it is no fraction. */
    private static int thousandths(String text, int end) {
        int digits = end - FRACTION;
        if (text.charAt(FRACTION - 1) != '.' || digits < 1 || number(text, FRACTION, end) < 0) {
            return -1;
        }
        int value = number(text, FRACTION, Math.min(end, FRACTION + 3));
        return digits == 1 ? value * 100 : digits == 2 ? value * 10 : value;
    }

    /** Up to nine digits; -1 where one is none. */
    static int number(String text, int start, int end) {
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
