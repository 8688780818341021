package io.datamill.step.profile;

import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import java.util.function.Consumer;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The features of one field, where its type has them; else null, with the problem told. */
final class FieldFeatures {
    private static final int MOST = 10;

    private final Schema.Field field;
    private final Schema type;
    private final Consumer<String> problems;

    FieldFeatures(Schema.Field field, Consumer<String> problems) {
        this.field = field;
        this.type = FieldTypes.withoutNull(field.schema());
        this.problems = problems;
    }

    Feature seen(String function) {
        String name = function + '(' + field.name() + ')';
        boolean first = function.equals("first");
        if (!FieldTypes.isTimestamp(field.schema())) {
            return switch (type.getType()) {
                case STRING, BOOLEAN, INT, LONG, FLOAT, DOUBLE -> {
                    Schema given = first ? field.schema() : FieldTypes.nullable(field.schema());
                    yield new ValueSeen(name + " value", field.pos(), given, type.getType(), first);
                }
                default -> unfit("a timestamp, string, number, boolean or date");
            };
        }
        return first
                ? new FirstSeen(name, field.pos(), field.schema())
                : new LastSeen(name, field.pos(), FieldTypes.nullable(field.schema()));
    }

    Feature distinct(Window window) {
        return isPlain() || type.getType() == Schema.Type.DOUBLE || type.getType() == Schema.Type.FLOAT
                ? new Sketched(
                        "distinct(" + field.name() + ", " + window.length() + ')', field.pos(), window.sketchSlots(), 0)
                : unfit("a string, number, boolean, enum, timestamp or date");
    }

    Feature top(String number, Window window) {
        if (!isPlain()) {
            return unfit("a string, integer, boolean or enum");
        }
        if (!number.matches("[1-9]|10")) {
            problems.accept("top: '" + number + "' is no whole number of 1 to " + MOST);
            return null;
        }
        int most = Integer.parseInt(number);
        String name = "top(" + field.name() + ", " + most + ", " + window.length() + ')';
        return new Sketched(name, field.pos(), window.sketchSlots(), most);
    }

    private boolean isPlain() {
        return switch (type.getType()) {
            case STRING, ENUM, INT, LONG, BOOLEAN -> true;
            default -> false;
        };
    }

    Feature number(String function, Window window) {
        boolean extreme = function.equals("min") || function.equals("max");
        boolean plain = type.getLogicalType() == null || type.getLogicalType() instanceof LogicalTypes.Decimal;
        NumberField number = plain || extreme ? NumberField.of(field, type) : null;
        if (number == null) {
            return unfit("an int, long, float, double or decimal of up to " + NumberField.DIGITS + " digits"
                    + (extreme ? ", a timestamp or date" : "") + "; cast it first");
        }
        String name = function + '(' + field.name() + ' ' + number.text() + ", " + window.length() + ')';
        boolean nullable = number.isReal() || field.schema().isNullable();
        Schema real = given(Schema.create(Schema.Type.DOUBLE), nullable);
        return switch (function) {
            case "sum" ->
                number.isReal()
                        ? new Total(name, number, window.slots(1, Total.WIDTH), false, real)
                        : new WholeSum(name, number, window.slots(1, WholeSum.WIDTH), given(sum(number), nullable));
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

    private Feature unfit(String expected) {
        problems.accept(
                "field '" + field.name() + "' is " + FieldTypes.describe(field.schema()) + ", expected " + expected);
        return null;
    }
}
