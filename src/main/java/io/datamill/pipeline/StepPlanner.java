package io.datamill.pipeline;

import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.pipeline.Pipeline.StepSpec;
import io.datamill.schema.ReaderSchemas;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.snakeyaml.engine.v2.nodes.Node;

/** Plans one step after the other, each against the schema that the one before gives. */
final class StepPlanner {
    private static final Pattern NO_FIELD = Pattern.compile(".*\\bno field '([^']*)'.*");

    private final Problems problems;
    private final List<PlannedStep> planned = new ArrayList<>();
    private final List<Set<String>> replaced = new ArrayList<>();
    private final Set<String> lost = new HashSet<>();
    private Schema schema;

    /** @param schema what the adapter gives */
    StepPlanner(Schema schema, Problems problems) {
        this.schema = schema;
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
        Planning planning = new Planning(schema, reportingAt(path));
        try {
            Step step = config.plan(planning);
            // Strings stay java.lang.String where an event is decoded again, behind a shuffle.
            schema = ReaderSchemas.withJavaStrings(planning.output());
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
            if (!field.matches() || !lost.contains(field.group(1))) {
                problems.add(Problems.below(path, option), message);
            }
        };
    }

    /** What a step that failed might have added: the keys in its options, and what {@code as} says. */
    private Set<String> namesIn(String path) {
        Set<String> names = new HashSet<>();
        for (var option : problems.below(path).entrySet()) {
            String name = option.getKey().substring(option.getKey().lastIndexOf('.') + 1);
            names.add(name);
            Node value = option.getValue();
            if (name.equals("as")) {
                names.add(Binder.text(value));
            }
        }
        return names;
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
