package io.datamill.pipeline;

import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.pipeline.Pipeline.SinkSpec;
import io.datamill.pipeline.Plan.Delivery;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkPlanning;
import io.datamill.source.KinesisConfig;
import io.datamill.step.adapter.Adapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Reads a pipeline's file and checks it from end to end before anything starts. */
public final class Planner {
    private final Catalog catalog;

    public Planner(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Plans a file.
     *
     * @throws InvalidPipelineException with every mistake found
     * @throws IOException if the file cannot be read
     */
    public Plan plan(Path file) throws InvalidPipelineException, IOException {
        if (Files.size(file) > YamlText.MAX_BYTES) {
            throw new InvalidPipelineException(List.of(new Problem("", 1, 1, "more than 1 MiB")));
        }
        return plan(Files.readString(file));
    }

    /**
     * Plans a file's text.
     *
     * @throws InvalidPipelineException with every mistake found
     */
    public Plan plan(String yaml) throws InvalidPipelineException {
        Problems problems = new Problems();
        Optional<Pipeline> pipeline = new PipelineReader(catalog, problems).read(yaml);
        Optional<Plan> plan = pipeline.flatMap(read -> plan(read, problems));
        problems.throwIfAny();
        return plan.orElseThrow(() -> new IllegalStateException("no plan and no problem"));
    }

    private static Optional<Plan> plan(Pipeline pipeline, Problems problems) {
        pipeline.input().source().ifPresent(source -> resolvable(source, problems));
        Optional<Adapter> adapter = adapter(pipeline, problems);
        if (adapter.isEmpty()) {
            return Optional.empty(); // Without its schema there is nothing to check the rest against.
        }
        Schema schema = adapter.get().schema();
        pipeline.input()
                .event()
                .ifPresent(event -> event.check(schema, (option, message) -> problems.add("event." + option, message)));
        StepPlanner steps = new StepPlanner(schema, problems);
        steps.plan(pipeline.steps());
        List<Delivery> sinks = sinks(pipeline, steps, problems);
        if (problems.count() > 0) {
            return Optional.empty();
        }
        for (Delivery sink : sinks) {
            if (sink.when() == null) {
                sink.sink().check().ifPresent(check -> steps.check(sink.path(), check));
            }
        }
        Plan.Input input = new Plan.Input(
                pipeline.input().source().orElseThrow(),
                adapter.get(),
                pipeline.input().event().orElseThrow());
        Plan.Accounts accounts = new Plan.Accounts(
                pipeline.accounts().rejects(), pipeline.accounts().ledger().orElseThrow());
        List<Plan.Leg> legs =
                Legs.of(steps.planned(), schema, steps.replaced(), input.event().id());
        return Optional.of(new Plan(pipeline.version(), input, legs, sinks, accounts));
    }

    private static void resolvable(KinesisConfig source, Problems problems) {
        Stream.of(source.stream(), source.region(), source.endpoint())
                .filter(reference -> reference != null)
                .forEach(reference -> {
                    try {
                        reference.resolve();
                    } catch (UnresolvedReferenceException e) {
                        problems.unresolved("source", e);
                    }
                });
    }

    private static Optional<Adapter> adapter(Pipeline pipeline, Problems problems) {
        return pipeline.input().adapter().flatMap(spec -> {
            try {
                return Optional.ofNullable(spec.config()
                        .plan((option, message) -> problems.add(Problems.below(spec.path(), option), message)));
            } catch (UnresolvedReferenceException e) {
                problems.unresolved(spec.path(), e);
                return Optional.empty();
            }
        });
    }

    private static List<Delivery> sinks(Pipeline pipeline, StepPlanner steps, Problems problems) {
        List<Delivery> sinks = new ArrayList<>();
        for (SinkSpec spec : pipeline.sinks()) {
            Expression when = when(spec, steps);
            SinkPlanning planning = new SinkPlanning(
                    spec.path(), spec.id(), steps.schema(), pipeline.version(), steps.reportingAt(spec.path()));
            try {
                PlannedSink sink =
                        spec.config().map(config -> config.plan(planning)).orElse(null);
                sinks.add(new Delivery(spec.path(), spec.id(), when, sink));
            } catch (UnresolvedReferenceException e) {
                problems.unresolved(spec.path(), e);
            }
        }
        return sinks;
    }

    private static Expression when(SinkSpec spec, StepPlanner steps) {
        if (spec.when() == null) {
            return null;
        }
        try {
            return Expression.check(spec.when(), steps.schema(), Schema.create(Schema.Type.BOOLEAN));
        } catch (InvalidExpressionException e) {
            e.issues().forEach(issue -> steps.reportingAt(spec.path()).accept("when", issue));
            return null;
        }
    }
}
