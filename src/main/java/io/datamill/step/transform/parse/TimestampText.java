package io.datamill.step.transform.parse;

import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.adapter.IsoInstant;
import io.datamill.step.adapter.PlainTime;
import io.datamill.step.transform.Conversion;
import io.datamill.step.transform.NumberText;
import io.datamill.step.transform.TimeText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;

/** Times of several formats, the first that fits; years 1 to 9999. */
record TimestampText(List<String> formats, ZoneId zone, Locale locale) implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final String SECONDS = "epoch-seconds";
    private static final String MILLIS = "epoch-millis";
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    static TextParser plan(Parse.Config config, Planning planning) {
        Locale locale = TimeFormats.locale(config, planning);
        List<String> formats = TimeFormats.named(config);
        ZoneId zone = null;
        boolean right = locale != null && !formats.isEmpty();
        if (formats.isEmpty()) {
            planning.problem("formats", "is empty; give at least one, such as iso");
        }
        if (config.zone() != null) {
            try {
                zone = ZoneId.of(config.zone());
            } catch (DateTimeException e) {
                planning.problem(
                        "zone", "expected a zone such as Europe/Berlin or +02:00, but read '" + config.zone() + "'");
                return null;
            }
        }
        for (int i = 0; i < formats.size() && locale != null; i++) {
            String option = "formats[" + i + "]";
            String format = formats.get(i);
            if (List.of(TimeFormats.ISO, SECONDS, MILLIS).contains(format)) {
                continue;
            }
            if (!TimeFormats.check(planning, option, format, locale)) {
                right = false;
            } else if (zone == null && !TimeFormats.hasZone(format)) {
                planning.problem(option, "'" + format + "' names no zone; give zone, such as UTC");
                right = false;
            }
        }
        return right ? new TimestampText(formats, zone, locale) : null;
    }

    @Override
    public Schema type() {
        return TypeText.parse("timestamp");
    }

    @Override
    public Conversion open() {
        Conversion[] each = formats.stream().map(this::one).toArray(Conversion[]::new);
        return value -> {
            for (Conversion one : each) {
                Object time = one.apply(value);
                if (time != Conversion.FAILED) {
                    return time;
                }
            }
            return Conversion.FAILED;
        };
    }

    private Conversion one(String format) {
        return switch (format) {
            case SECONDS -> value -> seconds((String) value);
            case MILLIS ->
                value -> NumberText.whole((String) value) instanceof Long millis ? bounded(millis) : Conversion.FAILED;
            default -> {
                TimeText time = format.equals(TimeFormats.ISO)
                        ? new TimeText(DateTimeFormatter.ISO_DATE_TIME, zone, IsoInstant::millis)
                        : pattern(format);
                yield value -> time.timestamp((String) value);
            }
        };
    }

    private TimeText pattern(String format) {
        DateTimeFormatter formatter = TimeFormats.of(format, locale);
        PlainTime plain = PlainTime.of(format, locale, zone == null ? null : zone.normalized());
        return plain == null ? new TimeText(formatter, zone) : new TimeText(formatter, zone, plain::millis);
    }

    /** With digits behind the point; what is finer than a millisecond is cut off. */
    private static Object seconds(String text) {
        if (NumberText.whole(text) instanceof Long whole) {
            return Math.abs(whole) <= LAST / 1000 ? bounded(whole * 1000) : Conversion.FAILED;
        }
        // Of plain digits only, and few: an exponent could stand for more than can be written out.
        if (text.length() > 32 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
            return Conversion.FAILED;
        }
        Object real = NumberText.real(text);
        return real == Conversion.FAILED
                ? real
                : bounded(new BigDecimal(text)
                        .movePointRight(3)
                        .setScale(0, RoundingMode.FLOOR)
                        .min(BigDecimal.valueOf(Long.MAX_VALUE))
                        .max(BigDecimal.valueOf(Long.MIN_VALUE))
                        .longValue());
    }

    private static Object bounded(long millis) {
        return millis < FIRST || millis > LAST ? Conversion.FAILED : (Object) millis;
    }
}
