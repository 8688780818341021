package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.step.PlannedStep;
import java.util.List;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs the consecutive stateless steps of one stage. */
public final class StageOperator extends StepsOperator implements OneInputStreamOperator<Event, Event> {
    private static final long serialVersionUID = 1L;

    /**
     * @param steps in the order of the pipeline, each a {@link io.datamill.step.StatelessStep} or an {@link
     *     io.datamill.step.ExpandingStep}; none of them where events are only counted
     */
    public StageOperator(PipelineVersion pipeline, List<PlannedStep> steps, Counting counting) {
        super(pipeline, steps, counting);
    }

    @Override
    public void processElement(StreamRecord<Event> element) {
        run(element.getValue());
    }
}
