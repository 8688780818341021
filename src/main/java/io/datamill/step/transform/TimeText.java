package io.datamill.step.transform;

import java.text.Format;
import java.text.ParsePosition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.function.Function;

/** Times and dates of one format; years 1 to 9999. A time of day that is not there is midnight. */
public final class TimeText {
    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final long FIRST_MILLIS = FIRST.toEpochDay() * 86_400_000;
    private static final int LONGEST = 128;

    private final Format format;
    private final ZoneId zone;
    private final Function<String, Long> plain;

    /** @param zone where the text names none; null: then it has no value */
    public TimeText(DateTimeFormatter formatter, ZoneId zone) {
        this(formatter, zone, text -> null);
    }

    /** @param plain reads most times of the format for less: milliseconds since the epoch; null leaves it to the format */
    public TimeText(DateTimeFormatter formatter, ZoneId zone, Function<String, Long> plain) {
        this.format = formatter.toFormat(); // Its parseObject tells a mismatch without an exception.
        this.zone = zone;
        this.plain = plain;
    }

    /** Milliseconds since the epoch, what is finer cut off; or {@link Conversion#FAILED}. */
    public Object timestamp(String text) {
        Long quick = plain.apply(text);
        if (quick != null && quick >= FIRST_MILLIS) {
            return quick;
        }
        TemporalAccessor read = read(text);
        LocalDate date = read == null ? null : date(read);
        if (date == null) {
            return Conversion.FAILED;
        }
        LocalTime time = read.query(TemporalQueries.localTime());
        ZoneOffset offset = offset(read, date.atTime(time == null ? LocalTime.MIDNIGHT : time));
        if (offset == null) {
            return Conversion.FAILED;
        }
        LocalTime of = time == null ? LocalTime.MIDNIGHT : time;
        return date.toEpochSecond(of, offset) * 1000 + of.get(ChronoField.MILLI_OF_SECOND);
    }

    /** Days since the epoch, as they are written wherever that is; or {@link Conversion#FAILED}. */
    public Object date(String text) {
        TemporalAccessor read = read(text);
        LocalDate date = read == null ? null : date(read);
        return date == null ? Conversion.FAILED : (Object) (int) date.toEpochDay();
    }

    private TemporalAccessor read(String text) {
        if (text.length() > LONGEST) {
            return null;
        }
        ParsePosition position = new ParsePosition(0);
        Object read = format.parseObject(text, position);
        return position.getIndex() == text.length() ? (TemporalAccessor) read : null;
    }

    private static LocalDate date(TemporalAccessor read) {
        LocalDate date = read.query(TemporalQueries.localDate());
        return date == null || date.isBefore(FIRST) || date.isAfter(LAST) ? null : date;
    }

    /** A time that a zone has twice is its first; one that it leaves out in spring has no offset. */
    private ZoneOffset offset(TemporalAccessor read, LocalDateTime local) {
        if (read.isSupported(ChronoField.OFFSET_SECONDS)) {
            return ZoneOffset.ofTotalSeconds(read.get(ChronoField.OFFSET_SECONDS));
        }
        ZoneId named = read.query(TemporalQueries.zone());
        ZoneId known = named == null ? zone : named;
        List<ZoneOffset> offsets = known == null ? List.of() : known.getRules().getValidOffsets(local);
        return offsets.isEmpty() ? null : offsets.get(0);
    }
}
