package io.datamill.step.enrich;

import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** What the enrichments have in common: a field that they look at, and one that they add behind the others. */
final class Added {
    private static final String NAMESPACE = "io.datamill.enrich";

    private Added() {}

    /** @throws IllegalArgumentException beginning with the option, if it is missing */
    static void required(String option, String value, String what) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " is missing; give " + what);
        }
    }

    /** @throws IllegalArgumentException if there is no name for the new field, or it cannot be one */
    static void requiredAs(String as) {
        if (!Planning.isName(as)) {
            throw new IllegalArgumentException(
                    "as is " + (as == null ? "missing" : "'" + as + "'") + "; expected the name of a new field");
        }
    }

    /** The string field that an option names, or null with the problem reported. */
    static Schema.Field string(Planning planning, String option, String name) {
        Schema.Field field = planning.field(option, name);
        if (field != null && !FieldTypes.isString(field.schema())) {
            planning.problem(
                    option, "field '" + name + "' is " + FieldTypes.describe(field.schema()) + ", expected a string");
            return null;
        }
        return field;
    }

    /** @param namesAndTypes a field's name, its type as {@link TypeText} reads it, the next field's name... */
    static Schema record(String name, String... namesAndTypes) {
        List<Schema.Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(new Schema.Field(namesAndTypes[i], TypeText.parse(namesAndTypes[i + 1])));
        }
        return Schema.createRecord(name, null, NAMESPACE, false, fields);
    }

    /** The event with one more value. */
    static Event to(Event event, Object value) {
        Object[] values = event.widened(1);
        values[values.length - 1] = value;
        return event.withValues(values);
    }
}
