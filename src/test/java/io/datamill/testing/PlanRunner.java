package io.datamill.testing;

import io.datamill.event.Event;
import io.datamill.event.KeyedRecord;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.pipeline.Plan;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.StatelessStep;
import io.datamill.step.adapter.EventReader;
import io.datamill.step.adapter.Peek;
import java.util.ArrayList;
import java.util.List;

/** A plan's peek, adapter and steps in a plain loop, with keyed state in memory. For plans of one leg. */
public final class PlanRunner implements AutoCloseable {
    private record Stage(PlannedStep step, InMemoryState state) {}

    private final Peek peek;
    private final EventReader reader;
    private final List<Stage> stages = new ArrayList<>();

    public PlanRunner(Plan plan) throws Exception {
        peek = plan.peek(plan.input());
        peek.open();
        reader = plan.input().reader();
        reader.open();
        if (plan.trunk().legs().size() != 1) {
            throw new IllegalArgumentException(plan.trunk().legs().size() + " legs, expected one");
        }
        for (PlannedStep planned : plan.trunk().legs().get(0).steps()) {
            InMemoryState state = new InMemoryState();
            if (planned.step() instanceof KeyedStep keyed) {
                keyed.open(state);
            } else if (planned.step() instanceof JoinStep join) {
                join.open(state, null, null); // Nothing comes by its other input.
            } else {
                ((StatelessStep) planned.step()).open();
            }
            stages.add(new Stage(planned, state));
        }
    }

    /** The outcome, or null where a step drops the event. */
    public Event run(SourceRecord record) throws Exception, RejectedEventException {
        KeyedRecord keyed = peek.peek(record);
        Event event = Events.only(reader, keyed);
        for (Stage stage : stages) {
            if (stage.step.step() instanceof KeyedStep step) {
                stage.state.select(event.key());
                event = step.apply(event);
            } else if (stage.step.step() instanceof JoinStep join) {
                stage.state.select(event.key());
                event = join.applyStream(event);
            } else {
                event = ((StatelessStep) stage.step.step()).apply(event);
            }
            if (event == null) {
                return null;
            }
        }
        return event;
    }

    @Override
    public void close() throws Exception {
        for (Stage stage : stages) {
            if (stage.step.step() instanceof StatelessStep step) {
                step.close();
            }
        }
        reader.close();
        peek.close();
    }
}
