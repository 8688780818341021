package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Observation;
import io.datamill.event.RejectedEventException;
import io.datamill.step.ExpandingStep;
import io.datamill.step.ObservingStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Runs consecutive stateless steps, one after the other. */
abstract class StepsOperator extends EventOperator {
    private static final long serialVersionUID = 1L;

    private final String[] paths;
    private final Step[] steps;

    /**
     * @param steps in the order of the pipeline, each a {@link StatelessStep} or an {@link ExpandingStep}; none of them
     *     where events are only counted
     */
    StepsOperator(PipelineVersion pipeline, List<PlannedStep> steps, Counting counting) {
        super(pipeline, counting);
        this.paths = steps.stream().map(PlannedStep::path).toArray(String[]::new);
        this.steps = steps.stream().map(PlannedStep::step).toArray(Step[]::new);
    }

    @Override
    public void open() throws Exception {
        super.open();
        observing(step -> {
            OutputTag<Observation> tag = ExpectedWindows.observations(step.id());
            step.observe(seen -> output.collect(tag, new StreamRecord<>(seen, seen.start)));
        });
        for (int i = 0; i < steps.length; i++) {
            try {
                if (steps[i] instanceof ExpandingStep expanding) {
                    expanding.open();
                } else {
                    ((StatelessStep) steps[i]).open();
                }
            } catch (Exception e) {
                throw new IllegalStateException(paths[i] + " cannot start: " + e.getMessage(), e);
            }
        }
    }

    private void observing(Consumer<ObservingStep> what) {
        for (Step step : steps) {
            if (step instanceof ObservingStep observing) {
                what.accept(observing);
            }
        }
    }

    /** What belongs to a window leaves before the watermark that ends it. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        observing(step -> step.passed(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        observing(ObservingStep::drain);
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        observing(ObservingStep::drain);
        super.finish();
    }

    final void run(Event event) {
        run(event, 0);
    }

    private void run(Event given, int from) {
        Event event = given;
        for (int i = from; i < steps.length; i++) {
            Event next;
            try {
                if (steps[i] instanceof ExpandingStep expanding) {
                    expand(expanding, event, i);
                    return;
                }
                next = ((StatelessStep) steps[i]).apply(event);
            } catch (RejectedEventException e) {
                reject(event, paths[i], e);
                return;
            } catch (FailedStepException e) {
                throw e;
            } catch (RuntimeException e) {
                throw new FailedStepException(paths[i], event, e);
            }
            if (next == null) {
                count(event, steps[i].dropped());
                return;
            }
            event = next;
        }
        send(event);
    }

    /** Each part beyond the first is one more event that came in, so that the ledger's sum holds. */
    private void expand(ExpandingStep step, Event event, int at) throws RejectedEventException {
        List<Event> parts = new ArrayList<>();
        step.apply(event, parts::add);
        if (parts.isEmpty()) {
            count(event, step.dropped());
        }
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                count(event, Fate.IN);
            }
            run(parts.get(i), at + 1);
        }
    }

    @Override
    public void close() throws Exception {
        for (Step step : steps) {
            if (step instanceof StatelessStep stateless) {
                stateless.close();
            }
        }
        super.close();
    }
}
