package io.datamill.cli.explain;

import io.datamill.config.VerbDoc;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Plan.Delivery;
import io.datamill.pipeline.Plan.Flow;
import io.datamill.pipeline.Plan.Leg;
import io.datamill.pipeline.Plan.StreamKey;
import io.datamill.step.AsyncStep;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.ObservingStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.StepConfig;
import io.datamill.step.Versioned;
import java.util.List;
import org.apache.avro.Schema;

/** A plan from its inputs to its sinks: each step with what it does to the fields, its key and its state. */
public final class Explanation {
    private final Catalog catalog;
    private final boolean full;
    private final StringBuilder text = new StringBuilder();

    /** @param full whether all fields are shown after each step, and not only what it changed */
    public Explanation(Catalog catalog, boolean full) {
        this.catalog = catalog;
        this.full = full;
    }

    /** Without the graph. */
    public String of(Plan plan) {
        line(0, "pipeline " + plan.version() + generation(plan));
        for (Plan.Input input : plan.inputs()) {
            line(0, "");
            line(0, input.named("input", " ") + (input.joined() ? ", which a step takes" : ""));
            input(plan, input);
        }
        line(0, "");
        line(0, "steps" + (plan.trunk().isEmpty() ? ": none" : ""));
        flow(plan.trunk());
        for (Plan.Branch branch : plan.branches()) {
            line(0, "");
            line(
                    0,
                    "branch " + branch.name()
                            + (branch.when() == null
                                    ? ", of every outcome"
                                    : ", of outcomes where " + branch.when().source()));
            flow(branch.flow());
        }
        return text.toString();
    }

    private static String generation(Plan plan) {
        return plan.version().generation() == 0
                ? ""
                : ", generation " + plan.version().generation();
    }

    private void input(Plan plan, Plan.Input input) {
        Plan.StreamKey key = plan.peekedKey(input);
        line(
                1,
                key == null
                        ? "records as they come, decoded where they are read"
                        : "records by " + fields(key) + ", peeked before they are decoded");
        line(
                1,
                "id: " + or(input.event().id(), "the record's position")
                        + ", time: " + or(input.event().time(), "the arrival")
                        + ", tenant: " + or(input.event().tenant(), "'" + input.tenant() + "'"));
        SchemaChange.all(input.adapter().schema()).forEach(field -> line(1, field));
        flow(input.flow());
    }

    private void flow(Flow flow) {
        Schema before = flow.input();
        for (Leg leg : flow.legs()) {
            if (leg.key() != null && !leg.key().peeked()) {
                line(1, "--- events by " + fields(leg.key()));
            }
            for (PlannedStep step : leg.steps()) {
                step(step, before);
                before = step.output();
            }
        }
        flow.sinks().forEach(this::sink);
    }

    private void step(PlannedStep step, Schema before) {
        line(1, step.path() + " (" + step.stage().operatorName() + ")");
        List<String> changes = full ? SchemaChange.all(step.output()) : SchemaChange.between(before, step.output());
        changes.forEach(change -> line(2, change));
        if (step.step() instanceof KeyedStep keyed) {
            line(
                    2,
                    "key: tenant and "
                            + (keyed.key().isEmpty() ? "whatever key the stream has" : String.join(", ", keyed.key()))
                            + "; operator step-" + keyed.id());
        } else if (step.step() instanceof JoinStep join) {
            line(
                    2,
                    "key: tenant and " + String.join(", ", join.key()) + ", of " + join.input() + " "
                            + String.join(", ", join.inputKey()) + "; operator step-" + join.id());
        } else if (step.step() instanceof AsyncStep async) {
            line(2, "waits for up to " + async.capacity() + " answers at a time; operator step-" + async.id());
        } else if (step.step() instanceof ObservingStep observing) {
            line(2, "key: tenant; operator drift-of-" + observing.id());
        }
        if (step.step() instanceof Versioned versioned && versioned.version() != null) {
            line(2, "file: " + versioned.version());
        }
        String state = state(step.path());
        if (!state.isEmpty()) {
            line(2, "state: " + state);
        }
    }

    /** As the verb's reference says. */
    private String state(String path) {
        Class<? extends StepConfig> config = catalog.verbs().get(path.substring(path.lastIndexOf('.') + 1));
        VerbDoc doc = config == null ? null : config.getAnnotation(VerbDoc.class);
        return doc == null ? "" : doc.state().replace("`", "");
    }

    private void sink(Delivery sink) {
        String when =
                sink.when() == null ? "" : ", of outcomes where " + sink.when().source();
        line(1, sink.path() + " (sink)" + when);
        if (sink.projection() != null) {
            SchemaChange.all(sink.projection().output()).forEach(field -> line(2, field));
        }
    }

    private static String fields(StreamKey key) {
        return "tenant and " + (key.fields().isEmpty() ? "the event's id" : String.join(", ", key.fields()));
    }

    private static String or(String field, String otherwise) {
        return field == null ? otherwise : field;
    }

    private void line(int depth, String words) {
        text.append(("  ".repeat(depth) + words).stripTrailing()).append('\n');
    }
}
