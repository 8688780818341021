package io.datamill.step.transform.parse;

import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.transform.Conversion;
import io.datamill.step.transform.TimeText;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;

/** Dates of several formats, the first that fits; a time of day in it does not count. */
record DateText(List<String> formats, Locale locale) implements TextParser {
    private static final long serialVersionUID = 1L;

    static TextParser plan(Parse.Config config, Planning planning) {
        Locale locale = TimeFormats.locale(config, planning);
        List<String> formats = TimeFormats.named(config);
        boolean right = locale != null && !formats.isEmpty();
        if (formats.isEmpty()) {
            planning.problem("formats", "is empty; give at least one, such as iso");
        }
        for (int i = 0; i < formats.size() && locale != null; i++) {
            if (!formats.get(i).equals(TimeFormats.ISO)) {
                right &= TimeFormats.check(planning, "formats[" + i + "]", formats.get(i), locale);
            }
        }
        return right ? new DateText(formats, locale) : null;
    }

    @Override
    public Schema type() {
        return TypeText.parse("date");
    }

    @Override
    public Conversion open() {
        TimeText[] each = formats.stream().map(this::one).toArray(TimeText[]::new);
        return value -> {
            for (TimeText one : each) {
                Object date = one.date((String) value);
                if (date != Conversion.FAILED) {
                    return date;
                }
            }
            return Conversion.FAILED;
        };
    }

    private TimeText one(String format) {
        return new TimeText(
                format.equals(TimeFormats.ISO) ? DateTimeFormatter.ISO_LOCAL_DATE : TimeFormats.of(format, locale),
                null);
    }
}
