package io.datamill.step.profile;

import io.datamill.config.OptionDoc;
import io.datamill.config.Suggestion;
import io.datamill.step.FieldTypes;
import io.datamill.step.KeyFields;
import io.datamill.step.Planning;
import java.util.List;
import org.apache.avro.Schema;

/** Where analysts' labels come from. */
public record Feedback(
        @OptionDoc("The name of the other input, below inputs; its events have the profile's key fields, which its own"
                + " lookup may have found. It is not merged into the stream.")
        String input,

        @OptionDoc("The field with the label: a string, enum or boolean. An event without one is passed over.")
        String label,

        @OptionDoc("The field with the id of the event that is labelled, as event.id has it: a string or integer. A"
                + " second label of an event replaces the first.")
        String event,

        @OptionDoc(
                value = "The timestamp field with the time of the event that is labelled.",
                otherwise = "the time of the label")
        String time) {

    /** Checks that it says all that is needed. */
    public Feedback {
        if (input == null || label == null || event == null) {
            throw new IllegalArgumentException("feedback: expected input, label and event");
        }
    }

    /** Whether the input has what is needed, with every problem reported. */
    boolean fits(List<String> key, Planning planning) {
        Schema other = planning.surroundings().inputs().get(input);
        if (other == null) {
            planning.problem(
                    "feedback.input",
                    "no input '" + input + "' that can be joined here"
                            + Suggestion.among(
                                    input, planning.surroundings().inputs().keySet()));
            return false;
        }
        boolean good = fits("label", label, "a string, enum or boolean", other, planning);
        good &= fits("event", event, "a string or integer", other, planning);
        if (time != null) {
            good &= fits("time", time, "a timestamp", other, planning);
        }
        for (String name : key) {
            good &= hasKey(name, other, planning);
        }
        return good;
    }

    private boolean fits(String option, String name, String expected, Schema other, Planning planning) {
        Schema.Field field = of(other, "feedback." + option, planning).field("", name);
        if (field == null) {
            return false;
        }
        Schema.Type type = FieldTypes.withoutNull(field.schema()).getType();
        boolean good = switch (option) {
            case "label" -> type == Schema.Type.STRING || type == Schema.Type.ENUM || type == Schema.Type.BOOLEAN;
            case "event" -> isName(FieldTypes.withoutNull(field.schema()));
            default -> FieldTypes.isTimestamp(field.schema());
        };
        if (!good) {
            planning.problem(
                    "feedback." + option,
                    "field '" + name + "' of input '" + input + "' is " + FieldTypes.describe(field.schema())
                            + ", expected " + expected);
        }
        return good;
    }

    private static boolean isName(Schema type) {
        return switch (type.getType()) {
            case STRING -> true;
            case INT, LONG -> type.getLogicalType() == null;
            default -> false;
        };
    }

    private boolean hasKey(String name, Schema other, Planning planning) {
        Schema.Field own = planning.input().getField(name);
        if (!KeyFields.check("", name, of(other, "feedback.input", planning)) || own == null) {
            return false;
        }
        String one = FieldTypes.describe(FieldTypes.withoutNull(own.schema()));
        String two =
                FieldTypes.describe(FieldTypes.withoutNull(other.getField(name).schema()));
        if (!one.equals(two)) {
            planning.problem(
                    "feedback.input",
                    "field '" + name + "' of the key is " + one + ", but of input '" + input + "' " + two);
            return false;
        }
        return true;
    }

    private Planning of(Schema other, String option, Planning planning) {
        return new Planning(other, (at, message) -> planning.problem(option, "in input '" + input + "': " + message));
    }
}
