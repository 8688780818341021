package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.config.Suggestion;
import io.datamill.pipeline.Pipeline.InputSpec;
import io.datamill.pipeline.Pipeline.StepSpec;
import io.datamill.schema.NamedTypes;
import io.datamill.source.KinesisConfig;
import io.datamill.step.JoinStep;
import io.datamill.step.Planning.Surroundings;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.Adapter;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Reads a pipeline's file and checks it from end to end before anything starts. */
public final class Planner {
    private final Catalog catalog;
    private final Extent extent;
    private final UnaryOperator<StepConfig> changes;

    public Planner(Catalog catalog) {
        this(catalog, Extent.DEPLOYED, UnaryOperator.identity());
    }

    private Planner(Catalog catalog, Extent extent, UnaryOperator<StepConfig> changes) {
        this.catalog = catalog;
        this.extent = extent;
        this.changes = changes;
    }

    /**
     * Plans for a run on files: no source, sink, store of rejects or ledger need be there, and references in them need
     * not stand for anything.
     */
    public Planner trial() {
        return new Planner(catalog, Extent.TRIED, changes);
    }

    /** The same, up to and with the step called {@code steps[2]}, {@code steps[2].geoip}, {@code geoip} or by its id. */
    public Planner until(String step) {
        return new Planner(catalog, new Extent(true, step, true), changes);
    }

    /** The same, up to the step before that one. */
    public Planner before(String step) {
        return new Planner(catalog, new Extent(true, step, false), changes);
    }

    /** The same, with the options that {@code changes} makes of those that the pipeline's own steps have. */
    public Planner changing(UnaryOperator<StepConfig> otherwise) {
        return new Planner(catalog, extent, otherwise);
    }

    /**
     * The options of all steps as written, by path, in their order: the inputs', the pipeline's own, the branches'.
     * Nothing is checked against a schema.
     *
     * @throws InvalidPipelineException with every mistake found
     * @throws IOException if the file cannot be read
     */
    public Map<String, StepConfig> steps(Path file) throws InvalidPipelineException, IOException {
        Problems problems = new Problems();
        Optional<Pipeline> pipeline = new PipelineReader(catalog, extent, problems).read(text(file));
        problems.throwIfAny();
        Map<String, StepConfig> steps = new LinkedHashMap<>();
        pipeline.ifPresent(read -> read.allSteps()
                .forEach(step -> steps.put(step.path(), step.config().orElseThrow())));
        return steps;
    }

    /**
     * Which pipeline a file is, and what it says of stores beside the outcomes'. Nothing else is checked: a pipeline
     * whose steps are wrong has rejects all the same.
     *
     * @throws InvalidPipelineException with every mistake found, where no store of rejects can be read
     * @throws IOException if the file cannot be read
     */
    public Told told(Path file) throws InvalidPipelineException, IOException {
        Problems problems = new Problems();
        Optional<Pipeline> pipeline = new PipelineReader(catalog, Extent.TRIED, problems).read(text(file));
        if (pipeline.isEmpty() || pipeline.get().accounts().rejects().isEmpty()) {
            problems.throwIfAny();
        }
        return pipeline.map(read -> new Told(read.version(), read.accounts().planned()))
                .orElseThrow(() -> new IllegalStateException("no pipeline and no problem"));
    }

    /** What a pipeline tells beside its outcomes. */
    public record Told(PipelineVersion version, Plan.Accounts accounts) {}

    /**
     * Plans a file.
     *
     * @throws InvalidPipelineException with every mistake found
     * @throws IOException if the file cannot be read
     */
    public Plan plan(Path file) throws InvalidPipelineException, IOException {
        return plan(text(file));
    }

    /**
     * Plans a file's text.
     *
     * @throws InvalidPipelineException with every mistake found
     */
    public Plan plan(String yaml) throws InvalidPipelineException {
        Problems problems = new Problems();
        Optional<Pipeline> pipeline = new PipelineReader(catalog, extent, problems).read(yaml);
        Optional<Plan> plan = pipeline.flatMap(read -> plan(read, problems));
        problems.throwIfAny();
        return plan.orElseThrow(() -> new IllegalStateException("no plan and no problem"));
    }

    private static String text(Path file) throws InvalidPipelineException, IOException {
        if (Files.size(file) > YamlText.MAX_BYTES) {
            throw new InvalidPipelineException(List.of(new Problem("", 1, 1, "more than 1 MiB")));
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            InvalidPipelineException invalid =
                    new InvalidPipelineException(List.of(new Problem("", 1, 1, "not a text in UTF-8")));
            invalid.initCause(e);
            throw invalid;
        }
    }

    private Optional<Plan> plan(Pipeline pipeline, Problems problems) {
        new OperatorNames(problems).check(pipeline);
        Map<String, InputSpec> specs = new LinkedHashMap<>();
        Map<String, Adapter> adapters = new LinkedHashMap<>();
        Map<String, StepPlanner> flows = new LinkedHashMap<>();
        for (InputSpec input : pipeline.inputs()) {
            input.source().filter(source -> !extent.trial()).ifPresent(source -> resolvable(input, source, problems));
            adapter(input, problems).ifPresent(adapter -> {
                specs.put(input.name(), input);
                adapters.put(input.name(), adapter);
                flows.put(input.name(), inputFlow(input, adapter, problems));
            });
        }
        if (flows.isEmpty() || flows.size() < pipeline.inputs().size()) {
            return Optional.empty(); // Without every schema there is nothing to check the rest against.
        }
        Set<String> joined = joined(pipeline.steps(), flows.keySet());
        Merge merge = Merge.of(flows, joined, problems);
        if (merge == null) {
            return Optional.empty();
        }
        merge.checkTenants(specs, joined, problems);
        Surroundings surroundings = surroundings(specs.values(), flows, joined);
        StepPlanner trunk = new StepPlanner(merge.schema(), surroundings, problems);
        trunk.plan(pipeline.steps().stream()
                .map(step -> new StepSpec(step.path(), step.config().map(changes)))
                .toList());
        FlowSinks sinks = new FlowSinks(pipeline.version(), extent, problems);
        Plan.Flow trunkFlow =
                sinks.flow(trunk, pipeline.sinks(), merge.peekable(adapters, flows), merge.eventId(specs));
        Map<String, List<Plan.Delivery>> inputSinks = new LinkedHashMap<>();
        specs.forEach((name, spec) -> inputSinks.put(name, sinks(spec, flows.get(name), joined, sinks, problems)));
        List<Plan.Branch> branches = pipeline.branches().stream()
                .map(branch -> sinks.branch(branch, trunk, surroundings))
                .toList();
        if (problems.count() > 0) {
            return Optional.empty();
        }
        List<Plan.Input> inputs = new ArrayList<>();
        specs.forEach((name, spec) -> inputs.add(new Plan.Input(
                name,
                spec.path(),
                spec.source().orElse(null),
                adapters.get(name),
                spec.event().orElseThrow(),
                pipeline.version().name(),
                merge.flow(flows.get(name), adapters.get(name), spec, inputSinks.get(name)),
                joined.contains(name))));
        return Optional.of(new Plan(
                pipeline.version(),
                inputs,
                trunkFlow,
                branches,
                pipeline.accounts().planned()));
    }

    private static List<Plan.Delivery> sinks(
            InputSpec input, StepPlanner steps, Set<String> joined, FlowSinks sinks, Problems problems) {
        if (!input.sinks().isEmpty() && !joined.contains(input.name())) {
            problems.add(
                    input.path() + ".sinks",
                    "no step takes this input, so its events are among the outcomes: give the pipeline's sinks a 'when'");
            return List.of();
        }
        return sinks.checked(steps, input.sinks());
    }

    private static StepPlanner inputFlow(InputSpec input, Adapter adapter, Problems problems) {
        input.event()
                .ifPresent(event -> event.check(
                        adapter.schema(),
                        (option, message) ->
                                problems.add(Problems.below(Problems.below(input.path(), "event"), option), message)));
        StepPlanner steps =
                new StepPlanner(adapter.schema(), surroundings(List.of(input), Map.of(), Set.of()), problems);
        steps.plan(input.steps());
        return steps;
    }

    /** The inputs that joins of the trunk take, so that they are not merged into it; also one that is misspelt there. */
    private static Set<String> joined(List<StepSpec> steps, Set<String> inputs) {
        return steps.stream()
                .flatMap(step -> step.config().stream())
                .filter(JoinStep.Config.class::isInstance)
                .map(config -> ((JoinStep.Config) config).input())
                .filter(Objects::nonNull)
                .map(name -> inputs.contains(name)
                        ? name
                        : Suggestion.meant(name, inputs).orElse(name))
                .collect(Collectors.toSet());
    }

    private static Surroundings surroundings(
            Iterable<InputSpec> inputs, Map<String, StepPlanner> flows, Set<String> joined) {
        Map<String, Schema> schemas = new LinkedHashMap<>();
        joined.stream()
                .filter(flows::containsKey)
                .forEach(name -> schemas.put(name, flows.get(name).schema()));
        boolean timed = true;
        boolean identified = true;
        for (InputSpec input : inputs) {
            timed &= input.event().map(event -> event.time() != null).orElse(true);
            identified &= joined.contains(input.name())
                    || input.event().map(event -> event.id() != null).orElse(true);
        }
        return new Surroundings(schemas, timed, identified);
    }

    private static void resolvable(InputSpec input, KinesisConfig source, Problems problems) {
        Stream.of(source.stream(), source.region(), source.endpoint())
                .filter(reference -> reference != null)
                .forEach(reference -> {
                    try {
                        reference.resolve();
                    } catch (UnresolvedReferenceException e) {
                        problems.unresolved(Problems.below(input.path(), "source"), e);
                    }
                });
    }

    private static Optional<Adapter> adapter(InputSpec input, Problems problems) {
        return input.adapter().flatMap(spec -> {
            try {
                Optional<Adapter> planned = Optional.ofNullable(spec.config()
                        .plan((option, message) -> problems.add(Problems.below(spec.path(), option), message)));
                planned.flatMap(adapter -> NamedTypes.clash(adapter.schema()))
                        .ifPresent(clash -> problems.add(spec.path(), clash));
                return planned;
            } catch (UnresolvedReferenceException e) {
                problems.unresolved(spec.path(), e);
                return Optional.empty();
            }
        });
    }
}
