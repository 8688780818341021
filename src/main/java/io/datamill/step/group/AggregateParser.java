package io.datamill.step.group;

import io.datamill.config.Suggestion;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Reads {@code count}, {@code sum(field)}, {@code quantile(field, 0.95)} and so on. */
final class AggregateParser {
    private static final Pattern FORM = Pattern.compile(
            "\\s*([a-z]{1,32})\\s*(?:\\(\\s*([A-Za-z0-9_]{1,128})\\s*(?:,\\s*([0-9.]{1,20})\\s*)?\\))?\\s*");
    private static final List<String> FUNCTIONS =
            List.of("count", "sum", "avg", "min", "max", "distinct", "quantile", "top");
    private static final int MOST_ITEMS = 100;

    private final String option;
    private final String text;
    private final Planning planning;

    /** @param option where the text stands below the step */
    AggregateParser(String option, String text, Planning planning) {
        this.option = option;
        this.text = text;
        this.planning = planning;
    }

    /** The aggregate, or null with the problem reported. */
    Aggregate parse() {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return problem("'" + text + "' is no aggregate; expected count, sum(field), avg(field), min(field),"
                    + " max(field), distinct(field), quantile(field, 0.95) or top(field, 10)");
        }
        String function = matcher.group(1);
        String name = matcher.group(2);
        String argument = matcher.group(3);
        if (!FUNCTIONS.contains(function)) {
            return problem("no function '" + function + "'" + Suggestion.amongOrAll(function, FUNCTIONS));
        }
        boolean takesArgument = function.equals("quantile") || function.equals("top");
        if (takesArgument != (argument != null) || (name == null && !function.equals("count"))) {
            return problem("'" + text + "' has not what " + function + " takes; expected " + form(function));
        }
        if (name == null) {
            return new Count("count", -1);
        }
        Schema.Field field = planning.field(option, name);
        return field == null ? null : of(function, field, argument);
    }

    private static String form(String function) {
        return switch (function) {
            case "count" -> "count or count(field)";
            case "quantile" -> "quantile(field, 0.95)";
            case "top" -> "top(field, 10)";
            default -> function + "(field)";
        };
    }

    private Aggregate of(String function, Schema.Field field, String argument) {
        Schema type = FieldTypes.withoutNull(field.schema());
        String untyped = function + '(' + field.name() + ')';
        String typed = untyped + ' ' + TypeText.of(type);
        return switch (function) {
            case "count" -> new Count(untyped, field.pos());
            case "distinct" ->
                isPlain(type) || type.getType() == Schema.Type.DOUBLE
                        ? new Distinct(untyped, field.pos())
                        : unfit(field, "a string, number, boolean or enum");
            case "sum" -> Numbers.are(type) ? sum(typed, field, type) : unfit(field, "a number");
            case "avg" ->
                Numbers.are(type)
                        ? new Total(typed, field.pos(), Numbers.scale(type), true, real(field))
                        : unfit(field, "a number");
            case "min" -> extreme(typed, field, type, -1);
            case "max" -> extreme(typed, field, type, 1);
            case "quantile" -> quantile(typed, field, type, argument);
            default -> top(untyped, field, type, argument);
        };
    }

    private static Aggregate sum(String name, Schema.Field field, Schema type) {
        if (Numbers.isFloating(type)) {
            return new Total(name, field.pos(), 0, false, real(field));
        }
        if (Numbers.isDecimal(type)) {
            Schema sum = LogicalTypes.decimal(DecimalSum.DIGITS, Numbers.scale(type))
                    .addToSchema(Schema.create(Schema.Type.BYTES));
            return new DecimalSum(name, field.pos(), like(field, sum));
        }
        return new WholeSum(name, field.pos(), like(field, Schema.create(Schema.Type.LONG)));
    }

    private Aggregate extreme(String name, Schema.Field field, Schema type, int sign) {
        boolean ordered = Numbers.isDecimal(type)
                || switch (type.getType()) {
                    case INT, LONG, FLOAT, DOUBLE, STRING -> true;
                    default -> false;
                };
        return ordered
                ? new Extreme(name, field.pos(), sign, field.schema())
                : unfit(field, "a number, string, timestamp or date");
    }

    private Aggregate quantile(String name, Schema.Field field, Schema type, String argument) {
        if (!Numbers.are(type)) {
            return unfit(field, "a number");
        }
        Double rank = number(argument);
        if (rank == null || rank > 1) {
            return problem("quantile: '" + argument + "' is no share of 0 to 1, such as 0.95");
        }
        // What is no number does not count, so that nothing may be left.
        Schema schema = Numbers.isFloating(type) ? TypeText.parse("double?") : real(field);
        return new Quantile(name, field.pos(), Numbers.scale(type), rank, schema);
    }

    private Aggregate top(String name, Schema.Field field, Schema type, String argument) {
        if (!isPlain(type)) {
            return unfit(field, "a string, integer, boolean or enum");
        }
        Double most = number(argument);
        if (most == null || most < 1 || most > MOST_ITEMS || most != Math.rint(most)) {
            return problem("top: '" + argument + "' is no whole number of 1 to " + MOST_ITEMS);
        }
        return new Top(name, field.pos(), most.intValue());
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean isPlain(Schema type) {
        return switch (type.getType()) {
            case STRING, ENUM, INT, LONG, BOOLEAN -> true;
            default -> false;
        };
    }

    private static Schema real(Schema.Field field) {
        return like(field, Schema.create(Schema.Type.DOUBLE));
    }

    /** Null where no event of a window has a value. */
    private static Schema like(Schema.Field field, Schema type) {
        return field.schema().isNullable() ? FieldTypes.nullable(type) : type;
    }

    private Aggregate unfit(Schema.Field field, String expected) {
        return problem(
                "field '" + field.name() + "' is " + FieldTypes.describe(field.schema()) + ", expected " + expected);
    }

    private Aggregate problem(String message) {
        planning.problem(option, message);
        return null;
    }
}
