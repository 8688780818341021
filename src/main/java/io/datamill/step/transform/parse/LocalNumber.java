package io.datamill.step.transform.parse;

import com.ibm.icu.text.DecimalFormat;
import com.ibm.icu.text.NumberFormat;
import com.ibm.icu.util.ULocale;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.transform.Conversion;
import io.datamill.step.transform.Conversions;
import java.util.Locale;
import java.util.Set;
import org.apache.avro.Schema;

/** Numbers with the signs and groups of a locale, as Unicode's CLDR has them. */
record LocalNumber(Locale locale, Schema type, boolean percent) implements TextParser {
    private static final long serialVersionUID = 1L;
    private static final Set<String> TYPES = Set.of("int", "long", "double");

    static TextParser plan(Parse.Config config, Planning planning) {
        Locale locale = TimeFormats.locale(config, planning);
        Schema type;
        try {
            type = TypeText.parse(config.to() == null ? "double" : config.to());
        } catch (IllegalArgumentException e) {
            type = TypeText.parse("string");
        }
        String text = FieldTypes.describe(type);
        if (!TYPES.contains(text) && !text.startsWith("decimal(")) {
            planning.problem("to", "expected int, long, double or decimal(10,2), but read '" + config.to() + "'");
            return null;
        }
        boolean percent = Boolean.TRUE.equals(config.percent());
        if (percent && (text.equals("int") || text.equals("long"))) {
            planning.problem("percent", "gives a fraction, but to is " + text + "; take double or decimal(10,4)");
            return null;
        }
        return locale == null ? null : new LocalNumber(locale, type, percent);
    }

    @Override
    public Conversion open() {
        PlainNumber plain =
                new PlainNumber((DecimalFormat) NumberFormat.getNumberInstance(ULocale.forLocale(locale)), percent);
        Conversion number = Conversions.of(TypeText.parse("string"), type);
        return value -> {
            String text = plain.of((String) value);
            return text == null ? Conversion.FAILED : number.apply(text);
        };
    }
}
