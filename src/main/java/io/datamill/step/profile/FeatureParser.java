package io.datamill.step.profile;

import io.datamill.config.Suggestion;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.step.Planning;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Reads {@code count(1h)}, {@code sum(field, 1d)}, {@code share("condition", 7d)} and so on. */
final class FeatureParser {
    private static final Pattern FORM = Pattern.compile("\\s*([a-z]{1,32})\\s*\\((.{0,2000})\\)\\s*", Pattern.DOTALL);

    private static final Map<String, String> FORMS = forms();

    private final String option;
    private final String text;
    private final Planning planning;

    /** @param option where the text stands below the step */
    FeatureParser(String option, String text, Planning planning) {
        this.option = option;
        this.text = text;
        this.planning = planning;
    }

    private static Map<String, String> forms() {
        Map<String, String> forms = new LinkedHashMap<>();
        for (String form : List.of(
                "count(1h)",
                "sum(field, 1d)",
                "avg(field, 1d)",
                "min(field, 1d)",
                "max(field, 1d)",
                "distinct(field, 30d)",
                "ewma(field, 1h)",
                "first(field)",
                "last(field)",
                "top(field, 3, 7d)",
                "rate(1d)",
                "share(\"condition\", 7d)",
                "labelled('bad', 90d)")) {
            forms.put(form.substring(0, form.indexOf('(')), form);
        }
        return forms;
    }

    /** The feature, or null with the problem reported. */
    Feature parse() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return problem("'" + text + "' is no feature; expected " + String.join(", ", FORMS.values()));
        }
        String function = matcher.group(1);
        String form = FORMS.get(function);
        if (form == null) {
            return problem("no function '" + function + "'" + Suggestion.amongOrAll(function, FORMS.keySet()));
        }
        List<String> arguments = function.equals("share")
                ? condition(matcher.group(2))
                : Arrays.stream(matcher.group(2).split(",", -1))
                        .map(String::strip)
                        .toList();
        if (arguments.size() != form.chars().filter(c -> c == ',').count() + 1) {
            return problem("'" + text + "' has not what " + function + " takes; expected " + form);
        }
        try {
            return parse(function, arguments);
        } catch (IllegalArgumentException e) {
            return problem(text.strip() + ": " + e.getMessage());
        }
    }

    /** Commas may be in the condition, which may be in quotes. */
    private static List<String> condition(String arguments) {
        int comma = arguments.lastIndexOf(',');
        if (comma < 0) {
            return List.of(arguments);
        }
        String condition = arguments.substring(0, comma).strip();
        boolean quoted = condition.length() > 1
                && condition.startsWith("\"")
                && condition.indexOf('"', 1) == condition.length() - 1;
        return List.of(
                quoted ? condition.substring(1, condition.length() - 1) : condition,
                arguments.substring(comma + 1).strip());
    }

    private Feature parse(String function, List<String> arguments) {
        String argument = arguments.get(0);
        if (function.equals("count") || function.equals("rate")) {
            Window window = Window.parse(argument);
            String name = function + '(' + window.length() + ')';
            return function.equals("count") ? new Count(name, window.slots(1, 1)) : new Rate(name, window.slots(2, 1));
        }
        if (function.equals("share")) {
            return share(argument, Window.parse(arguments.get(1)));
        }
        if (function.equals("labelled")) {
            return labelled(argument, Window.parse(arguments.get(1)));
        }
        Schema.Field field = planning.field(option, argument);
        if (field == null) {
            return null;
        }
        FieldFeatures features = new FieldFeatures(field, this::problem);
        return switch (function) {
            case "first", "last" -> features.seen(function);
            case "distinct" -> features.distinct(Window.parse(arguments.get(1)));
            case "top" -> features.top(arguments.get(1), Window.parse(arguments.get(2)));
            default -> features.number(function, Window.parse(arguments.get(1)));
        };
    }

    private static Feature labelled(String argument, Window window) {
        boolean quoted = argument.length() > 2
                && (argument.charAt(0) == '\'' || argument.charAt(0) == '"')
                && argument.charAt(0) == argument.charAt(argument.length() - 1);
        String label = quoted ? argument.substring(1, argument.length() - 1) : argument;
        return new Labelled("labelled(" + label + ", " + window.length() + ')', label, window.slots(1, Labelled.WIDTH));
    }

    private Feature share(String condition, Window window) {
        try {
            Expression checked = Expression.check(condition, planning.input(), Schema.create(Schema.Type.BOOLEAN));
            return new Share(
                    "share(" + condition + ", " + window.length() + ')', checked, window.slots(1, Share.WIDTH));
        } catch (InvalidExpressionException e) {
            e.issues().forEach(this::problem);
            return null;
        }
    }

    private Feature problem(String message) {
        planning.problem(option, message);
        return null;
    }
}
