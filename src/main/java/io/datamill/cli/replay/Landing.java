package io.datamill.cli.replay;

import io.datamill.pipeline.Plan;
import io.datamill.sink.LineageReader;
import io.datamill.sink.PlannedSink;
import io.datamill.step.PlannedStep;
import io.datamill.step.group.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plan whose sinks take what they may have had before.
 *
 * @param notes what gets nothing, and why, one line each
 */
record Landing(Plan plan, List<String> notes) {
    Landing {
        notes = List.copyOf(notes);
    }

    /**
     * Makes it of a pipeline's plan.
     *
     * @param messages whether streams get what lands, which they take for something new
     * @throws IllegalArgumentException if a step sums up what it is given before the pipeline's own outcomes are there
     */
    static Landing of(Plan plan, boolean messages) {
        group(plan.trunk()).ifPresent(Landing::refuse);
        plan.inputs().stream()
                .filter(input -> !input.joined())
                .forEach(input -> group(input.flow()).ifPresent(Landing::refuse));
        List<String> notes = new ArrayList<>();
        LineageReader reader = new LakeLineage();
        Plan landing = plan.withSinks((name, flow) -> {
            Optional<PlannedStep> group = group(flow);
            List<Plan.Delivery> kept = new ArrayList<>();
            for (Plan.Delivery sink : flow.sinks()) {
                Optional<PlannedSink> again = sink.sink().again(reader);
                if (group.isPresent()) {
                    notes.add(sink.path() + " gets nothing: " + group.get().path()
                            + " sums up windows, of which a replay has only a part");
                } else if (again.isPresent() || messages) {
                    kept.add(new Plan.Delivery(
                            sink.path(), sink.id(), sink.when(), sink.projection(), again.orElse(sink.sink())));
                } else {
                    notes.add(sink.path() + " gets nothing: each message of a range would be one more");
                }
            }
            return kept;
        });
        return new Landing(landing, notes);
    }

    private static Optional<PlannedStep> group(Plan.Flow flow) {
        return flow.steps().filter(step -> step.step() instanceof Group).findFirst();
    }

    private static void refuse(PlannedStep group) {
        throw new IllegalArgumentException(group.path()
                + " sums up windows, of which a replay has only a part: what such a pipeline gives cannot be replayed");
    }
}
