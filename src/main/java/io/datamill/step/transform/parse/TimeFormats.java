package io.datamill.step.transform.parse;

import io.datamill.step.Planning;
import io.datamill.step.transform.Conversion;
import io.datamill.step.transform.TimeText;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;

/** The formats of times and dates as the YAML names them. */
final class TimeFormats {
    static final String ISO = "iso";

    private TimeFormats() {}

    static List<String> named(Parse.Config config) {
        return config.formats() == null ? List.of(ISO) : config.formats();
    }

    /** Strictly resolved; {@code yyyy} is a year of our era where no era is written. */
    static DateTimeFormatter of(String pattern, Locale locale) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
                .toFormatter(locale)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /** Whether it can be used; a pattern has to give back the date of a text it wrote itself. */
    static boolean check(Planning planning, String option, String pattern, Locale locale) {
        try {
            DateTimeFormatter formatter = of(pattern, locale);
            ZonedDateTime sample = ZonedDateTime.of(2026, 11, 23, 13, 45, 59, 0, ZoneId.of("UTC"));
            if (new TimeText(formatter, ZoneId.of("UTC")).date(sample.format(formatter)) != Conversion.FAILED) {
                return true;
            }
            planning.problem(option, "'" + pattern + "' gives no date: it needs a year, a month and a day");
        } catch (IllegalArgumentException | DateTimeException e) {
            planning.problem(option, "'" + pattern + "' is no pattern: " + e.getMessage());
        }
        return false;
    }

    /** Whether a pattern has a letter for a zone or an offset outside of its quotes. */
    static boolean hasZone(String pattern) {
        return pattern.replaceAll("'[^']*'", "").matches("(?s).*[VvzOXxZ].*");
    }

    /** Null with the problem reported where there is no such language. */
    static Locale locale(Parse.Config config, Planning planning) {
        Locale locale = Locale.forLanguageTag(config.locale() == null ? "en" : config.locale());
        try {
            if (!locale.getLanguage().isEmpty() && !locale.getISO3Language().isEmpty()) {
                return locale;
            }
        } catch (MissingResourceException e) {
            // Told below.
        }
        planning.problem("locale", "expected a language tag such as de or en-IN, but read '" + config.locale() + "'");
        return null;
    }
}
