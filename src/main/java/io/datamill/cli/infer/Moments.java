package io.datamill.cli.infer;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The forms of times and dates that are looked for, in the order they are preferred where several fit alike. */
final class Moments {
    /**
     * One form.
     *
     * @param type {@code timestamp} or {@code date}, with the format in brackets unless it is ISO-8601's
     */
    record Form(String type, DateTimeFormatter formatter) {}

    static final List<Form> FORMS = Stream.concat(
                    Stream.of(
                            new Form("timestamp", DateTimeFormatter.ISO_OFFSET_DATE_TIME),
                            new Form("date", DateTimeFormatter.ISO_LOCAL_DATE)),
                    Stream.of(
                                    "timestamp[yyyy-MM-dd HH:mm:ss]",
                                    "timestamp[yyyy-MM-dd HH:mm:ss.SSS]",
                                    "timestamp[yyyy-MM-dd'T'HH:mm:ss]",
                                    "timestamp[yyyy-MM-dd'T'HH:mm:ss.SSS]",
                                    "timestamp[yyyy-MM-dd HH:mm:ssXXX]",
                                    "timestamp[yyyy-MM-dd'T'HH:mm:ssZ]",
                                    "timestamp[yyyy-MM-dd HH:mm]",
                                    "timestamp[yyyy-MM-dd'T'HH:mm]",
                                    "timestamp[yyyy/MM/dd HH:mm:ss]",
                                    "timestamp[dd/MMM/yyyy:HH:mm:ss Z]",
                                    "timestamp[EEE, dd MMM yyyy HH:mm:ss Z]",
                                    "timestamp[EEE, dd MMM yyyy HH:mm:ss zzz]",
                                    "timestamp[EEE MMM dd HH:mm:ss yyyy]",
                                    "timestamp[dd.MM.yyyy HH:mm:ss]",
                                    "timestamp[dd.MM.yyyy HH:mm]",
                                    "timestamp[MM/dd/yyyy HH:mm:ss]",
                                    "timestamp[dd/MM/yyyy HH:mm:ss]",
                                    "timestamp[MM/dd/yyyy HH:mm]",
                                    "timestamp[dd/MM/yyyy HH:mm]",
                                    "timestamp[yyyyMMddHHmmss]",
                                    "date[dd.MM.yyyy]",
                                    "date[MM/dd/yyyy]",
                                    "date[dd/MM/yyyy]",
                                    "date[yyyy/MM/dd]",
                                    "date[dd-MMM-yyyy]",
                                    "date[dd MMM yyyy]")
                            .map(Moments::form))
            .toList();

    private static final int SHORTEST = 8;
    private static final int LONGEST = 40;

    /** A whole number is taken for a time only where the field's name says so: ids lie in the same range. */
    private static final Pattern NAME_OF_TIME = Pattern.compile(
            "(?i).*(time|date|epoch|created|updated|modified|expires|stamp|(^|_)ts|_at)(s|_?ms|_?sec|_?seconds|_?millis)?$");

    private static final long FIRST = Instant.parse("1990-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("2040-01-01T00:00:00Z").getEpochSecond();

    private Moments() {}

    /** Whether a text can be of any of the forms. */
    static boolean mayBe(String text) {
        return text.length() >= SHORTEST && text.length() <= LONGEST && text.chars().anyMatch(Character::isDigit);
    }

    static boolean fits(Form form, String text) {
        ParsePosition position = new ParsePosition(0);
        if (form.formatter().parseUnresolved(text, position) == null || position.getIndex() < text.length()) {
            return false; // Most forms end here, without an exception.
        }
        try {
            TemporalAccessor parsed = form.formatter().parse(text);
            return LocalDate.from(parsed) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The type of whole numbers between two that are times since 1970, or null. */
    static String epoch(String name, long least, long most) {
        if (!NAME_OF_TIME.matcher(name).matches()) {
            return null;
        }
        if (least >= FIRST && most < LAST) {
            return "timestamp[epoch-seconds]";
        }
        return least >= FIRST * 1000 && most < LAST * 1000 ? "timestamp[epoch-millis]" : null;
    }

    private static Form form(String type) {
        String pattern = type.substring(type.indexOf('[') + 1, type.length() - 1).replace('y', 'u');
        return new Form(
                type, DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT));
    }
}
