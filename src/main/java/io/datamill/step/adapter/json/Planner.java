package io.datamill.step.adapter.json;

import io.datamill.config.Suggestion;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.json.ObjectReader.Leftovers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Checks the options against each other, and makes the readers that they ask for. */
final class Planner {
    private final Json.Config config;
    private final BiConsumer<String, String> problems;
    private boolean right = true;

    Planner(Json.Config config, BiConsumer<String, String> problems) {
        this.config = config;
        this.problems = (option, message) -> {
            right = false;
            problems.accept(option, message);
        };
    }

    /** The adapter, or null with every problem reported. */
    Adapter plan() {
        Schema schema = schema();
        Set<String> paths = new TreeSet<>();
        collect(config.fields().schema(), "", paths);
        check("names.", config.names().keySet(), paths);
        config.forms().forEach((name, form) -> {
            check("forms." + name + ".names.", form.names().keySet(), paths);
            check("forms." + name + ".formats.", form.formats().keySet(), paths);
            check("forms." + name + ".values.", form.values().keySet(), names(config.fields().schema()));
        });
        long told = config.forms().values().stream()
                .flatMap(form -> form.when().stream())
                .distinct()
                .count();
        if (told > Forms.MOST_NAMES) {
            problems.accept("forms", told + " names tell them apart, expected at most " + Forms.MOST_NAMES);
        }
        if (right) {
            readers(config, schema, true, new JsonText(), problems);
        }
        return right ? new Json(config, schema, true) : null;
    }

    /** The reader of each form, or the only one; a projected schema is not asked what else there is. */
    static ObjectReader[] readers(
            Json.Config config, Schema schema, boolean whole, JsonText text, BiConsumer<String, String> problems) {
        Mapping mapping = Mapping.of(config.names(), config.fields().formats());
        Schema.Field kept = config.unknown() == Json.Unknown.KEEP ? schema.getField(Json.KEPT) : null;
        Json.Unknown unknown = kept != null || (whole && config.unknown() == Json.Unknown.REFUSE)
                ? config.unknown()
                : Json.Unknown.IGNORE;
        Leftovers leftovers = new Leftovers(unknown, told(config), kept == null ? -1 : kept.pos(), text);
        Collection<Mapping> mappings = config.forms().isEmpty()
                ? List.of(mapping)
                : config.forms().entrySet().stream()
                        .map(form -> mapping.with(form.getKey(), form.getValue(), config.formAs()))
                        .toList();
        return mappings.stream()
                .map(form -> new Readers(form, unknown, problems).object(schema, "", leftovers))
                .toArray(ObjectReader[]::new);
    }

    private static Set<String> told(Json.Config config) {
        return config.forms().values().stream()
                .flatMap(form -> form.when().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Schema schema() {
        List<Schema.Field> fields = new ArrayList<>();
        Schema written = config.fields().schema();
        written.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        if (config.formAs() != null) {
            add("form-as", config.formAs(), TypeText.parse("string"), fields);
        }
        if (config.unknown() == Json.Unknown.KEEP) {
            add("unknown", Json.KEPT, TypeText.parse("map<string>"), fields);
        }
        return Schema.createRecord(
                written.getName(), written.getDoc(), written.getNamespace(), false, fields);
    }

    private void add(String option, String name, Schema type, List<Schema.Field> fields) {
        if (!Planning.isName(name)) {
            problems.accept(option, "'" + name + "' is no name for a field: letters, digits and _, no digit in front");
        } else if (fields.stream().anyMatch(field -> field.name().equals(name))) {
            problems.accept(option, "there is a field '" + name + "' already");
        } else {
            fields.add(new Schema.Field(name, type));
        }
    }

    private void check(String option, Collection<String> named, Collection<String> known) {
        for (String name : named) {
            if (!known.contains(name)) {
                problems.accept(option + name, "no field '" + name + "'" + Suggestion.among(name, known));
            }
        }
    }

    private static List<String> names(Schema record) {
        return record.getFields().stream().map(Schema.Field::name).toList();
    }

    /** The dotted paths of all fields, an array's elements as {@code []}. */
    private static void collect(Schema schema, String at, Set<String> paths) {
        Schema type = FieldTypes.withoutNull(schema);
        if (!at.isEmpty()) {
            paths.add(at);
        }
        switch (type.getType()) {
            case RECORD ->
                type.getFields()
                        .forEach(field -> collect(
                                field.schema(), at.isEmpty() ? field.name() : at + '.' + field.name(), paths));
            case ARRAY -> collect(type.getElementType(), at + "[]", paths);
            default -> {}
        }
    }
}
