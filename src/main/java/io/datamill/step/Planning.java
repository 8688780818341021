package io.datamill.step;

import io.datamill.config.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** What a step is given while the pipeline is planned: the schema before it, and where to report what does not fit. */
public final class Planning {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,126}");

    private final Schema input;
    private final Surroundings surroundings;
    private final BiConsumer<String, String> problems;
    private final List<Schema.Field> fields;
    private final Set<String> replaced = new LinkedHashSet<>();

    /**
     * @param input the record schema before the step
     * @param problems takes the path of the option below the step (such as {@code ip}) and the message
     */
    public Planning(Schema input, BiConsumer<String, String> problems) {
        this(input, Surroundings.NONE, problems);
    }

    /** @param surroundings what the step may use beside the stream it stands in */
    public Planning(Schema input, Surroundings surroundings, BiConsumer<String, String> problems) {
        this.input = input;
        this.surroundings = surroundings;
        this.problems = problems;
        this.fields = new ArrayList<>(input.getFields());
    }

    public Schema input() {
        return input;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    /**
     * What a step may use beside the stream it stands in.
     *
     * @param inputs the schemas of those inputs that are not merged into the stream, by name; a join takes them
     * @param timed whether the events have a time of their own, and not their record's arrival
     * @param identified whether they have an id of their own, and not their position
     */
    public record Surroundings(Map<String, Schema> inputs, boolean timed, boolean identified) {
        public static final Surroundings NONE = new Surroundings(Map.of(), true, true);
    }

    /** Reports a mistake; planning goes on, so that all are reported at once. */
    public void problem(String option, String message) {
        problems.accept(option, message);
    }

    /**
     * The field an option names, or null with the problem reported, with the nearest name as suggestion.
     *
     * @param option the option's path below the step
     */
    public Schema.Field field(String option, String name) {
        Schema.Field field = input.getField(name);
        if (field == null) {
            problem(option, "no field '" + name + "'" + Suggestion.among(name, names(input)));
        }
        return field;
    }

    /**
     * Adds a field behind those of the input.
     *
     * @return its position in the output; of no meaning where a problem was reported
     */
    public int add(String option, String name, Schema schema) {
        if (position(name) >= 0) {
            problem(option, "field '" + name + "' is there already; choose another name");
            return position(name);
        }
        if (!isName(name)) {
            problem(option, "'" + name + "' is no name for a field: letters, digits and _, no digit in front");
            return -1;
        }
        fields.add(new Schema.Field(name, schema));
        return fields.size() - 1;
    }

    /**
     * Gives a field of the input another schema.
     *
     * @return its position, the same as in the input
     */
    public int replace(String name, Schema schema) {
        int position = position(name);
        fields.set(position, new Schema.Field(name, schema));
        replaced.add(name);
        return position;
    }

    /**
     * Gives the event other fields altogether: the step makes its values from nothing or moves them.
     *
     * @param given in their order, none twice; a field of the input may be among them as it is
     * @param kept the names of those that have the input's values under the input's names
     */
    public void give(List<Schema.Field> given, Set<String> kept) {
        fields.clear();
        given.forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        given.stream().map(Schema.Field::name).forEach(replaced::add);
        // A name that has gone may come back with another value.
        replaced.addAll(names(input));
        replaced.removeAll(kept);
    }

    /** Whether a name can be a field's: letters, digits and _, no digit in front, at most 127 characters. */
    public static boolean isName(String name) {
        return name != null && NAME.matcher(name).matches();
    }

    /** The names of the fields that do not hold what the field of that name in the input held. */
    public Set<String> replaced() {
        return replaced;
    }

    /** The schema after the step, as far as its additions and replacements have been said. */
    public Schema output() {
        List<Schema.Field> copies =
                fields.stream().map(f -> new Schema.Field(f, f.schema())).toList();
        return Schema.createRecord(input.getName(), input.getDoc(), input.getNamespace(), false, copies);
    }

    private int position(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }
}
