package io.datamill.step.profile;

import io.datamill.config.Durations;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Reads {@code count(1h)}, {@code first(field)} and {@code last(field)}. */
final class FeatureParser {
    private static final Pattern FEATURE =
            Pattern.compile("\\s*(count|first|last)\\s*\\(\\s*([A-Za-z0-9_]{1,128})\\s*\\)\\s*");

    private FeatureParser() {}

    /** The feature, or null with the problem reported. */
    static Feature parse(String option, String text, Planning planning) {
        Matcher matcher = FEATURE.matcher(text);
        if (!matcher.matches()) {
            planning.problem(option, "'" + text + "' is no feature; expected count(1h), first(field) or last(field)");
            return null;
        }
        String argument = matcher.group(2);
        if (matcher.group(1).equals("count")) {
            return count(option, argument, planning);
        }
        Schema.Field field = planning.field(option, argument);
        if (field == null) {
            return null;
        }
        if (!FieldTypes.isTimestamp(field.schema())) {
            planning.problem(
                    option,
                    "field '" + argument + "' is " + FieldTypes.describe(field.schema()) + ", expected a timestamp");
            return null;
        }
        return matcher.group(1).equals("first")
                ? new FirstSeen("first(" + argument + ")", field.pos(), field.schema())
                : new LastSeen("last(" + argument + ")", field.pos(), FieldTypes.nullable(field.schema()));
    }

    private static Feature count(String option, String window, Planning planning) {
        try {
            return Count.over(Durations.parse(window));
        } catch (IllegalArgumentException e) {
            planning.problem(option, "count(" + window + "): " + e.getMessage());
            return null;
        }
    }
}
