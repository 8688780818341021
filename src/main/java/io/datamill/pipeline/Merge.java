package io.datamill.pipeline;

import io.datamill.pipeline.Pipeline.InputSpec;
import io.datamill.schema.NamedTypes;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.PlannedStep;
import io.datamill.step.Stage;
import io.datamill.step.adapter.Adapter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * The inputs that make the trunk: one goes in as it is; several are brought to one schema, which has every field of any
 * of them under its name. A field that not all of them have, or that one of them has nullable, is nullable.
 *
 * @param merged the names of the inputs that go into the trunk
 * @param schema before the trunk's steps
 */
record Merge(List<String> merged, Schema schema) {

    /** Null where a problem was reported. */
    static Merge of(Map<String, StepPlanner> flows, Set<String> joined, Problems problems) {
        List<String> merged =
                flows.keySet().stream().filter(name -> !joined.contains(name)).toList();
        if (merged.isEmpty()) {
            problems.add("inputs", "every input is joined; one has to be the stream that the joins stand in");
            return null;
        }
        if (merged.size() == 1) {
            return new Merge(merged, flows.get(merged.get(0)).schema());
        }
        Map<String, Schema> types = new LinkedHashMap<>();
        boolean fits = true;
        for (String name : merged) {
            for (Schema.Field field : flows.get(name).schema().getFields()) {
                Schema before = types.get(field.name());
                boolean differs = before != null && !same(before, field.schema());
                if (differs && !flows.get(name).mayHaveLost(field.name())) {
                    problems.add(
                            "inputs." + name,
                            "field '" + field.name() + "' is " + TypeText.of(field.schema()) + " here and "
                                    + TypeText.of(before)
                                    + " in another input: give both one type or two names, by cast or rename in inputs."
                                    + name + ".steps");
                    fits = false;
                }
                types.put(field.name(), before != null && before.isNullable() ? before : field.schema());
            }
        }
        return fits ? merged(merged, types, flows, problems) : null;
    }

    private static Merge merged(
            List<String> merged, Map<String, Schema> types, Map<String, StepPlanner> flows, Problems problems) {
        Schema record = record(types, flows, merged);
        Optional<String> clash = NamedTypes.clash(record);
        clash.ifPresent(message -> problems.add("inputs", message));
        return clash.isPresent() ? null : new Merge(merged, ReaderSchemas.withJavaStrings(record));
    }

    private static Schema record(Map<String, Schema> types, Map<String, StepPlanner> flows, List<String> merged) {
        List<Schema.Field> fields = new ArrayList<>();
        types.forEach((field, type) -> {
            boolean everywhere =
                    merged.stream().allMatch(name -> flows.get(name).schema().getField(field) != null);
            fields.add(new Schema.Field(field, everywhere ? type : TypeText.nullable(type)));
        });
        return Schema.createRecord("Event", null, "io.datamill.fields", false, fields);
    }

    private static boolean same(Schema one, Schema other) {
        return FieldTypes.withoutNull(one).equals(FieldTypes.withoutNull(other));
    }

    /** Events of a tenant and events of none never meet in a join. */
    void checkTenants(Map<String, InputSpec> specs, Set<String> joined, Problems problems) {
        for (String name : joined) {
            InputSpec input = specs.get(name);
            if (input != null && merged.stream().noneMatch(other -> hasTenant(specs.get(other)) == hasTenant(input))) {
                problems.add(
                        Problems.below(input.path(), "event.tenant"),
                        hasTenant(input)
                                ? "is given here, but not for the stream that is joined: no two events would meet"
                                : "is missing, but given for the stream that is joined: no two events would meet");
            }
        }
    }

    private static boolean hasTenant(InputSpec input) {
        return input.event().map(event -> event.tenant() != null).orElse(false);
    }

    /** The schema of what can be peeked of a record for the trunk's first key; null where nothing can. */
    Schema peekable(Map<String, Adapter> adapters, Map<String, StepPlanner> flows) {
        Adapter adapter = adapters.get(merged.get(0));
        boolean first = merged.size() == 1 && flows.get(merged.get(0)).planned().isEmpty();
        return first && adapter.peekable() ? adapter.schema() : null;
    }

    /** The field of the event's id where it can be peeked; null where the events have none. */
    String eventId(Map<String, InputSpec> specs) {
        return merged.size() == 1
                ? specs.get(merged.get(0)).event().map(event -> event.id()).orElse(null)
                : null;
    }

    /** An input's own steps, and what brings its events to the trunk's schema. */
    Plan.Flow flow(StepPlanner steps, Adapter adapter, InputSpec spec, List<Plan.Delivery> sinks) {
        List<PlannedStep> planned = new ArrayList<>(steps.planned());
        List<Set<String>> replaced = new ArrayList<>(steps.replaced());
        if (merged.size() > 1 && merged.contains(spec.name())) {
            planned.add(new PlannedStep(spec.path(), Stage.MERGE, schema, Rearrange.byName(steps.schema(), schema)));
            replaced.add(new HashSet<>());
        }
        Schema output = planned.isEmpty()
                ? adapter.schema()
                : planned.get(planned.size() - 1).output();
        Schema peekable = adapter.peekable() ? adapter.schema() : null;
        List<Plan.Leg> legs = new Legs(adapter.schema(), planned, replaced)
                .cut(peekable, spec.event().map(event -> event.id()).orElse(null));
        return new Plan.Flow(adapter.schema(), legs, output, sinks);
    }
}
