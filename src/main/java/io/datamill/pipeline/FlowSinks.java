package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.pipeline.Pipeline.BranchSpec;
import io.datamill.pipeline.Pipeline.Choice;
import io.datamill.pipeline.Pipeline.SinkSpec;
import io.datamill.pipeline.Plan.Delivery;
import io.datamill.schema.ReaderSchemas;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkPlanning;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.step.Planning.Surroundings;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.transform.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Plans what flows of steps end in. */
final class FlowSinks {
    private static final String ROUTE = "route";

    private final PipelineVersion version;
    private final Extent extent;
    private final Problems problems;

    FlowSinks(PipelineVersion version, Extent extent, Problems problems) {
        this.version = version;
        this.extent = extent;
        this.problems = problems;
    }

    /**
     * Planned steps with their sinks; of meaning only where no problem was reported.
     *
     * @param peekable the schema of what can be peeked of a record; null where nothing can
     * @param eventId the field of the event's id there; null where it has none
     */
    Plan.Flow flow(StepPlanner steps, List<SinkSpec> specs, Schema peekable, String eventId) {
        Schema before = steps.input();
        List<Delivery> sinks = checked(steps, specs);
        List<Plan.Leg> legs = new Legs(before, steps.planned(), steps.replaced()).cut(peekable, eventId);
        return new Plan.Flow(before, legs, steps.schema(), sinks);
    }

    /** The sinks behind some steps, to which is added what the sinks ask of every event. */
    List<Delivery> checked(StepPlanner steps, List<SinkSpec> specs) {
        List<Delivery> sinks = new ArrayList<>();
        for (SinkSpec spec : specs) {
            Delivery sink = sink(spec, steps);
            if (sink != null) {
                sinks.add(sink);
            }
        }
        for (Delivery sink : sinks) {
            if (sink.when() == null) {
                sink.sink().check().ifPresent(check -> steps.check(sink.path(), behind(sink.projection(), check)));
            }
        }
        return sinks;
    }

    Plan.Branch branch(BranchSpec spec, StepPlanner trunk, Surroundings trunkSurroundings) {
        Surroundings surroundings =
                new Surroundings(Map.of(), trunkSurroundings.timed(), trunkSurroundings.identified());
        Expression when = condition(spec.when(), trunk.schema(), trunk.reportingAt(spec.path()));
        StepPlanner steps = new StepPlanner(trunk.schema(), surroundings, problems);
        steps.plan(spec.steps());
        return new Plan.Branch(spec.name(), when, flow(steps, spec.sinks(), null, null));
    }

    private Delivery sink(SinkSpec spec, StepPlanner steps) {
        BiConsumer<String, String> report = steps.reportingAt(spec.path());
        Expression when = condition(when(spec.choice(), steps.schema(), report), steps.schema(), report);
        PlannedStep projection = projection(spec, steps.schema(), report);
        Schema given = projection == null ? steps.schema() : projection.output();
        SinkPlanning planning = new SinkPlanning(spec.path(), spec.id(), given, version, report);
        try {
            PlannedSink sink =
                    spec.config().map(config -> config.plan(planning)).orElse(null);
            return sink == null ? null : new Delivery(spec.path(), spec.id(), when, projection, sink);
        } catch (UnresolvedReferenceException e) {
            if (!extent.trial()) {
                problems.unresolved(spec.path(), e);
            }
            return null;
        }
    }

    private PlannedStep projection(SinkSpec spec, Schema schema, BiConsumer<String, String> report) {
        if (spec.choice().fields() == null) {
            return null;
        }
        Planning planning = new Planning(schema, (option, message) -> report.accept("fields" + option, message));
        Step select = spec.choice().fields().isEmpty()
                ? null
                : new Select.Config(spec.choice().fields()).plan(planning);
        if (spec.choice().fields().isEmpty()) {
            report.accept("fields", "is empty; name the fields that the sink gets");
        }
        return select == null
                ? null
                : new PlannedStep(
                        spec.path(), Stage.TRANSFORM, ReaderSchemas.withJavaStrings(planning.output()), select);
    }

    /** What a sink's routes and its own condition ask for, as one expression; null where it gets all. */
    private static String when(Choice choice, Schema schema, BiConsumer<String, String> report) {
        if (choice.routes() == null) {
            return choice.when();
        }
        if (choice.routes().isEmpty()) {
            report.accept("routes", "is empty; name the routes that the sink takes events of");
            return choice.when();
        }
        Schema.Field route = schema.getField(ROUTE);
        if (route == null || route.schema().getType() != Schema.Type.ENUM) {
            report.accept("routes", "no step 'route' stands before this sink, which gives the routes their names");
            return choice.when();
        }
        List<String> known = route.schema().getEnumSymbols();
        for (int i = 0; i < choice.routes().size(); i++) {
            String name = choice.routes().get(i);
            if (!known.contains(name)) {
                report.accept("routes[" + i + "]", "no route '" + name + "'; there is " + String.join(", ", known));
            }
        }
        if (!known.containsAll(choice.routes())) {
            return choice.when();
        }
        String routed = choice.routes().stream()
                .map(name -> ROUTE + " == '" + name + "'") // A symbol of an enum needs no escaping.
                .collect(Collectors.joining(" || ", "(", ")"));
        return choice.when() == null ? routed : routed + " && (" + choice.when() + ")";
    }

    private static Expression condition(String source, Schema schema, BiConsumer<String, String> report) {
        if (source == null) {
            return null;
        }
        try {
            return Expression.check(source, schema, Schema.create(Schema.Type.BOOLEAN));
        } catch (InvalidExpressionException e) {
            e.issues().forEach(issue -> report.accept("when", issue));
            return null;
        }
    }

    /** A sink's check looks at the fields that the sink gets. */
    private static StatelessStep behind(PlannedStep projection, StatelessStep check) {
        return projection == null ? check : new ProjectedCheck((StatelessStep) projection.step(), check);
    }
}
