package io.datamill.pipeline;

import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.pipeline.Pipeline.StepSpec;
import io.datamill.schema.NamedTypes;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.step.Planning.Surroundings;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Plans one step after the other, each against the schema that the one before gives. */
final class StepPlanner {
    private static final Pattern NO_FIELD = Pattern.compile(".*\\bno field '([^']*)'.*");

    private final Schema input;
    private final Surroundings surroundings;
    private final Problems problems;
    private final Map<String, String> takenBy = new HashMap<>();
    private final List<PlannedStep> planned = new ArrayList<>();
    private final List<Set<String>> replaced = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private Schema schema;

    /** @param input the schema before the first step */
    StepPlanner(Schema input, Surroundings surroundings, Problems problems) {
        this.input = input;
        this.surroundings = surroundings;
        this.schema = input;
        this.problems = problems;
    }

    void plan(List<StepSpec> steps) {
        for (StepSpec spec : steps) {
            int before = problems.count();
            Optional<PlannedStep> step = spec.config().flatMap(config -> plan(spec.path(), config));
            step.ifPresent(planned::add);
            if (step.isEmpty() && problems.count() == 0) {
                throw new IllegalStateException(spec.path() + " gives no step and reports no problem");
            }
            if (step.isEmpty() || problems.count() > before) {
                lost.addAll(namesIn(spec.path()));
            }
        }
    }

    private Optional<PlannedStep> plan(String path, StepConfig config) {
        Planning planning = new Planning(schema, surroundings, reportingAt(path));
        try {
            Step step = config.plan(planning);
            Schema before = schema;
            NamedTypes.clash(planning.output())
                    .ifPresent(clash -> reportingAt(path).accept("", clash));
            // Strings stay java.lang.String where an event is decoded again, behind a shuffle.
            schema = ReaderSchemas.withJavaStrings(planning.output());
            before.getFields().stream()
                    .map(Schema.Field::name)
                    .filter(name -> schema.getField(name) == null)
                    .forEach(name -> takenBy.put(name, path));
            replaced.add(planning.replaced());
            return Optional.ofNullable(step).map(made -> new PlannedStep(path, config.stage(), schema, made));
        } catch (UnresolvedReferenceException e) {
            problems.unresolved(path, e);
            return Optional.empty();
        }
    }

    /** Adds what a sink asks of every outcome, behind all steps. */
    void check(String path, StatelessStep check) {
        planned.add(new PlannedStep(path, Stage.CHECK, schema, check));
        replaced.add(Set.of());
    }

    /** Takes the problems of what stands at a path, less those that only follow from a step that failed before. */
    BiConsumer<String, String> reportingAt(String path) {
        return (option, message) -> {
            Matcher field = NO_FIELD.matcher(message);
            String name = field.matches() ? field.group(1) : "";
            if (!lost.contains(name)) {
                // A suggestion would lead away from the field that is meant.
                String told = takenBy.containsKey(name)
                        ? message.replaceFirst("; did you mean .*", "") + "; it was there until " + takenBy.get(name)
                        : message;
                problems.add(Problems.below(path, option), told);
            }
        };
    }

    /** What a step that failed might have added: the keys in its options, and what they say, as {@code as} does. */
    private Set<String> namesIn(String path) {
        Set<String> names = new HashSet<>();
        for (var option : problems.below(path).entrySet()) {
            String name = option.getKey().substring(option.getKey().lastIndexOf('.') + 1);
            names.add(name);
            names.add(Binder.text(option.getValue()));
        }
        names.remove(""); // Of what is no name: it would hide every problem.
        return names;
    }

    /** The schema before the first step. */
    Schema input() {
        return input;
    }

    List<PlannedStep> planned() {
        return planned;
    }

    /** The fields that each planned step replaces. */
    List<Set<String>> replaced() {
        return replaced;
    }

    /** The schema after the steps planned so far. */
    Schema schema() {
        return schema;
    }
}
