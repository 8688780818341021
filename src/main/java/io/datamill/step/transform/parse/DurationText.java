package io.datamill.step.transform.parse;

import io.datamill.step.transform.Conversion;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;

/**
 * Durations: ISO 8601 ({@code P1DT2H}, {@code PT1H30M}), numbers with units from weeks down to milliseconds ({@code 1h
 * 30m}, {@code 90s}, {@code 1.5h}), and hours, minutes and seconds ({@code 01:30:00}). Milliseconds; finer is cut off.
 */
record DurationText() implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final List<String> UNITS = List.of("w", "d", "h", "m", "s", "ms");
    private static final long[] MILLIS = {604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L};
    private static final long FAILED = Long.MIN_VALUE;

    @Override
    public Schema type() {
        return Schema.create(Schema.Type.LONG);
    }

    @Override
    public Conversion open() {
        return value -> read((String) value);
    }

    private static Object read(String text) {
        boolean negative = text.startsWith("-");
        String unsigned = negative || text.startsWith("+") ? text.substring(1) : text;
        long millis;
        try {
            if (unsigned.startsWith("P")) {
                millis = Duration.parse(unsigned).toMillis();
            } else {
                millis = unsigned.indexOf(':') >= 0 ? clock(unsigned) : units(unsigned);
            }
        } catch (DateTimeException | ArithmeticException e) {
            return Conversion.FAILED;
        }
        return millis == FAILED ? Conversion.FAILED : (Object) (negative ? -millis : millis);
    }

    /** Hours of any number, two digits each of minutes and seconds, and a fraction. */
    private static long clock(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        Scanned hours = Scanned.at(text, 0);
        Scanned minutes = Scanned.at(text, first + 1);
        Scanned seconds = Scanned.at(text, second + 1);
        boolean right = second == first + 3
                && hours.end() == first
                && hours.isWhole()
                && minutes.end() == second
                && minutes.isWhole()
                && seconds.end() == text.length()
                && seconds.wholeDigits() == 2
                && minutes.whole() < 60
                && seconds.whole() < 60;
        return right
                ? Math.addExact(
                        Math.multiplyExact(hours.whole(), MILLIS[2]), minutes.whole() * 60_000 + seconds.times(1000))
                : FAILED;
    }

    /** Units from great to small, each at most once; only the last number may have a fraction. */
    private static long units(String text) {
        long sum = 0;
        int unit = -1;
        int at = 0;
        boolean ended = false;
        while (at < text.length()) {
            Scanned number = Scanned.at(text, at);
            int from = skipSpaces(text, number.end());
            int end = from;
            while (end < text.length() && Character.isLetter(text.charAt(end))) {
                end++;
            }
            int named = UNITS.indexOf(text.substring(from, end));
            if (ended || number.wholeDigits() == 0 || named <= unit) {
                return FAILED;
            }
            unit = named;
            sum = Math.addExact(sum, number.times(MILLIS[unit]));
            ended = !number.isWhole();
            at = skipSpaces(text, end);
        }
        return unit < 0 ? FAILED : sum;
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    /**
     * Digits with a fraction.
     *
     * @param billionths of the fraction
     * @param end behind it
     */
    private record Scanned(long whole, int wholeDigits, long billionths, boolean isWhole, int end) {
        /** @throws ArithmeticException where no long holds it */
        static Scanned at(String text, int from) {
            long whole = 0;
            int at = from;
            while (isDigit(text, at)) {
                whole = Math.addExact(Math.multiplyExact(whole, 10L), text.charAt(at++) - '0');
            }
            int digits = at - from;
            if (digits == 0 || !(at < text.length() && text.charAt(at) == '.' && isDigit(text, at + 1))) {
                return new Scanned(whole, digits, 0, true, at);
            }
            long billionths = 0;
            long worth = 100_000_000;
            for (at++; isDigit(text, at); at++) {
                billionths += worth * (text.charAt(at) - '0');
                worth /= 10;
            }
            return new Scanned(whole, digits, billionths, false, at);
        }

        private static boolean isDigit(String text, int at) {
            return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
        }

        long times(long unit) {
            // A billionth of a week is under a millisecond, and 604,800,000 times 10^9 still a long.
            return Math.addExact(Math.multiplyExact(whole, unit), billionths * unit / 1_000_000_000);
        }
    }
}
