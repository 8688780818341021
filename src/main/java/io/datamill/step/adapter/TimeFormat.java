package io.datamill.step.adapter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * Reads timestamps and dates of one format, which is compiled once. Without a format a timestamp is of ISO-8601 with
 * {@code Z} or an offset, a date is {@code 2026-01-31}. A format is {@code epoch-seconds} (a fraction may follow), {@code
 * epoch-millis}, or a pattern of {@link DateTimeFormatter} in English, with {@code |Europe/Vienna} behind it for times
 * without an offset; that zone is UTC if absent. A timestamp has milliseconds; what is finer is cut off. A day that does
 * not exist, such as 30 February, is refused.
 *
 * <p>It does not travel: it is made in {@code open()}.
 */
public final class TimeFormat {
    /** The format of whole or broken seconds since 1970. */
    public static final String EPOCH_SECONDS = "epoch-seconds";

    /** The format of whole milliseconds since 1970. */
    public static final String EPOCH_MILLIS = "epoch-millis";

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final String format;
    private final DateTimeFormatter formatter;
    private final PlainTime plain;
    private final ZoneId zone;

    /**
     * @param format null for ISO-8601
     * @throws IllegalArgumentException if it is no format that gives a day, saying what was expected
     */
    public TimeFormat(String format) {
        this.format = format;
        int bar = format == null ? -1 : format.lastIndexOf('|');
        this.zone = bar < 0 ? ZoneOffset.UTC : zone(format.substring(bar + 1));
        String pattern = bar < 0 ? format : format.substring(0, bar);
        if (format == null || isEpoch(format)) {
            this.formatter = DateTimeFormatter.ISO_OFFSET_DATE_TIME;
            this.plain = null;
        } else {
            this.formatter = compiled(pattern);
            this.plain = PlainTime.of(properYears(pattern), Locale.ENGLISH, zone.normalized());
            checkGivesDay(pattern);
        }
    }

    /** Whether numbers are read, and no text but digits. */
    public static boolean isEpoch(String format) {
        return EPOCH_SECONDS.equals(format) || EPOCH_MILLIS.equals(format);
    }

    /** What is expected, for a message. */
    public String expected() {
        if (format == null) {
            return "a time such as 2026-01-31T12:00:00Z";
        }
        return switch (format) {
            case EPOCH_SECONDS -> "seconds since 1970";
            case EPOCH_MILLIS -> "milliseconds since 1970";
            default -> "a time such as " + example() + " (" + format + ')';
        };
    }

    /** What is expected of a date, for a message. */
    public String expectedDate() {
        return "a date such as " + (format == null ? "2026-01-31" : example() + " (" + format + ')');
    }

    /** Milliseconds since the epoch, or null where the text is of another form. */
    public Long millis(String text) {
        if (isEpoch(format)) {
            return Numerals.isNumber(text) ? epochMillis(text) : null;
        }
        Long quick = format == null ? IsoInstant.millis(text) : plain == null ? null : plain.millis(text);
        if (quick != null) {
            return quick;
        }
        try {
            return instant(formatter.parse(text)).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /**
     * Milliseconds since the epoch of a number: seconds or, unless the format says so, milliseconds.
     *
     * @param text a number
     * @return null where it is no whole number of milliseconds, or beyond all times
     */
    public Long epochMillis(String text) {
        boolean seconds = EPOCH_SECONDS.equals(format);
        if (!seconds) {
            return Numerals.isWhole(text) ? Numerals.whole(text, Long.MIN_VALUE, Long.MAX_VALUE) : null;
        }
        if (Numerals.isWhole(text)) {
            Long whole = Numerals.whole(text, Long.MIN_VALUE / 1000, Long.MAX_VALUE / 1000);
            return whole == null ? null : (Long) (whole * 1000);
        }
        BigDecimal exact = Numerals.exact(text);
        if (exact == null || Math.abs((long) exact.scale()) > Numerals.LONGEST) {
            return null;
        }
        BigDecimal millis = exact.movePointRight(3).setScale(0, RoundingMode.FLOOR);
        return millis.compareTo(LEAST) < 0 || millis.compareTo(MOST) > 0 ? null : (Long) millis.longValue();
    }

    /** Days since the epoch, or null where the text is of another form. */
    public Integer day(String text) {
        try {
            LocalDate date = format == null ? LocalDate.parse(text) : formatter.parse(text, LocalDate::from);
            return Math.toIntExact(date.toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private Instant instant(TemporalAccessor parsed) {
        if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(parsed);
        }
        LocalTime time = parsed.query(TemporalQueries.localTime());
        return LocalDateTime.of(LocalDate.from(parsed), time == null ? LocalTime.MIDNIGHT : time)
                .atZone(zone)
                .toInstant();
    }

    private String example() {
        return formatter.format(LocalDateTime.of(2026, 1, 31, 12, 0).atZone(zone));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no time zone; give one such as Europe/Vienna or +01:00", e);
        }
    }

    private static DateTimeFormatter compiled(String pattern) {
        try {
            return DateTimeFormatter.ofPattern(properYears(pattern), Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is no format: " + e.getMessage()
                            + "; give epoch-seconds, epoch-millis or a pattern such as dd/MMM/yyyy:HH:mm:ss Z",
                    e);
        }
    }

    /** Strictly, a year of an era ({@code y}) wants an era beside it; whoever writes {@code yyyy} means {@code uuuu}. */
    private static String properYears(String pattern) {
        if (pattern.indexOf('G') >= 0) {
            return pattern;
        }
        StringBuilder proper = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            quoted ^= c == '\'';
            proper.append(c == 'y' && !quoted ? 'u' : c);
        }
        return proper.toString();
    }

    private void checkGivesDay(String pattern) {
        if (day(example()) == null) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' gives no day: it needs year, month and day, such as yyyy-MM-dd");
        }
    }
}
