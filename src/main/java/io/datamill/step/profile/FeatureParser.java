package io.datamill.step.profile;

import io.datamill.config.Suggestion;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Reads {@code count(1h)}, {@code sum(field, 1d)}, {@code share("condition", 7d)} and so on. */
final class FeatureParser {
    private static final Pattern FORM = Pattern.compile("\\s*([a-z]{1,32})\\s*\\((.{0,2000})\\)\\s*", Pattern.DOTALL);

    private static final Map<String, String> FORMS = forms();
    private static final int MOST = 10;

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
                "share(\"condition\", 7d)")) {
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
            return function.equals("count")
                    ? new Count(name, window.slots(1, 1))
                    : new Rate(name, window.slots(2, 1));
        }
        if (function.equals("share")) {
            return share(argument, Window.parse(arguments.get(1)));
        }
        Schema.Field field = planning.field(option, argument);
        if (field == null) {
            return null;
        }
        Schema type = FieldTypes.withoutNull(field.schema());
        return switch (function) {
            case "first", "last" -> seen(function, field);
            case "distinct" -> distinct(field, type, Window.parse(arguments.get(1)));
            case "top" -> top(field, type, arguments.get(1), Window.parse(arguments.get(2)));
            default -> number(function, field, type, Window.parse(arguments.get(1)));
        };
    }

    private Feature share(String condition, Window window) {
        try {
            Expression checked =
                    Expression.check(condition, planning.input(), Schema.create(Schema.Type.BOOLEAN));
            return new Share(
                    "share(" + condition + ", " + window.length() + ')', checked, window.slots(1, Share.WIDTH));
        } catch (InvalidExpressionException e) {
            e.issues().forEach(this::problem);
            return null;
        }
    }

    private Feature seen(String function, Schema.Field field) {
        if (!FieldTypes.isTimestamp(field.schema())) {
            return unfit(field, "a timestamp");
        }
        String name = function + '(' + field.name() + ')';
        return function.equals("first")
                ? new FirstSeen(name, field.pos(), field.schema())
                : new LastSeen(name, field.pos(), FieldTypes.nullable(field.schema()));
    }

    private Feature distinct(Schema.Field field, Schema type, Window window) {
        return isPlain(type) || type.getType() == Schema.Type.DOUBLE || type.getType() == Schema.Type.FLOAT
                ? new Sketched(
                        "distinct(" + field.name() + ", " + window.length() + ')',
                        field.pos(),
                        window.sketchSlots(),
                        0)
                : unfit(field, "a string, number, boolean, enum, timestamp or date");
    }

    private Feature top(Schema.Field field, Schema type, String number, Window window) {
        if (!isPlain(type)) {
            return unfit(field, "a string, integer, boolean or enum");
        }
        if (!number.matches("[1-9]|10")) {
            return problem("top: '" + number + "' is no whole number of 1 to " + MOST);
        }
        int most = Integer.parseInt(number);
        String name = "top(" + field.name() + ", " + most + ", " + window.length() + ')';
        return new Sketched(name, field.pos(), window.sketchSlots(), most);
    }

    private static boolean isPlain(Schema type) {
        return switch (type.getType()) {
            case STRING, ENUM, INT, LONG, BOOLEAN -> true;
            default -> false;
        };
    }

    private Feature number(String function, Schema.Field field, Schema type, Window window) {
        boolean extreme = function.equals("min") || function.equals("max");
        boolean plain = type.getLogicalType() == null || type.getLogicalType() instanceof LogicalTypes.Decimal;
        NumberField number = plain || extreme ? NumberField.of(field, type) : null;
        if (number == null) {
            return unfit(
                    field,
                    "an int, long, float, double or decimal of up to " + NumberField.DIGITS + " digits"
                            + (extreme ? ", a timestamp or date" : "") + "; cast it first");
        }
        String name = function + '(' + field.name() + ' ' + number.text() + ", " + window.length() + ')';
        boolean nullable = number.isReal() || field.schema().isNullable();
        Schema real = given(Schema.create(Schema.Type.DOUBLE), nullable);
        return switch (function) {
            case "sum" ->
                number.isReal()
                        ? new Total(name, number, window.slots(1, Total.WIDTH), false, real)
                        : new WholeSum(
                                name, number, window.slots(1, WholeSum.WIDTH), given(sum(number), nullable));
            case "avg" -> new Total(name, number, window.slots(1, Total.WIDTH), true, real);
            case "ewma" -> {
                long halfLife = window.length().toMillis();
                yield new Ewma(name, number, new Slots(halfLife, Ewma.WINDOW, Ewma.WIDTH), real);
            }
            default -> {
                int sign = function.equals("min") ? -1 : 1;
                Slots slots = window.slots(1, Extreme.WIDTH);
                yield new Extreme(name, number, slots, sign, given(type, nullable));
            }
        };
    }

    private static Schema sum(NumberField number) {
        return number.kind() == NumberField.Kind.DECIMAL
                ? TypeText.parse("decimal(19," + number.scale() + ')')
                : Schema.create(Schema.Type.LONG);
    }

    private static Schema given(Schema type, boolean nullable) {
        return nullable ? FieldTypes.nullable(type) : type;
    }

    private Feature unfit(Schema.Field field, String expected) {
        return problem(
                "field '" + field.name() + "' is " + FieldTypes.describe(field.schema()) + ", expected " + expected);
    }

    private Feature problem(String message) {
        planning.problem(option, message);
        return null;
    }
}
