package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.PlannedStep;
import io.datamill.step.StatelessStep;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs the consecutive stateless steps of one stage, one after the other. */
public final class StageOperator extends EventOperator<Event> {
    private static final long serialVersionUID = 1L;

    private final String[] paths;
    private final StatelessStep[] steps;

    /** @param steps whose {@link PlannedStep#step()} is stateless, in the order of the pipeline */
    public StageOperator(PipelineVersion pipeline, List<PlannedStep> steps, boolean last) {
        super(pipeline, last);
        this.paths = steps.stream().map(PlannedStep::path).toArray(String[]::new);
        this.steps = steps.stream().map(s -> (StatelessStep) s.step()).toArray(StatelessStep[]::new);
    }

    @Override
    public void open() throws Exception {
        super.open();
        for (int i = 0; i < steps.length; i++) {
            try {
                steps[i].open();
            } catch (Exception e) {
                throw new IllegalStateException(paths[i] + " cannot start: " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void processElement(StreamRecord<Event> element) {
        Event event = element.getValue();
        for (int i = 0; i < steps.length; i++) {
            Event next;
            try {
                next = steps[i].apply(event);
            } catch (RejectedEventException e) {
                reject(event, paths[i], e);
                return;
            } catch (RuntimeException e) {
                throw new FailedStepException(paths[i], event, e);
            }
            if (next == null) {
                count(event, steps[i].dropped());
                return;
            }
            event = next;
        }
        emit(event);
    }

    @Override
    public void close() throws Exception {
        for (StatelessStep step : steps) {
            step.close();
        }
        super.close();
    }
}
