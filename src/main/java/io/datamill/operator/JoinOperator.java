package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.JoinStep;
import io.datamill.step.PlannedStep;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs one join: the stream is its first input, the joined input its second, both partitioned by the common key. What is
 * absorbed is counted as such, and what the step makes of several events is counted in again.
 */
public final class JoinOperator extends TimedOperator implements TwoInputStreamOperator<Event, Event, Event> {
    private static final long serialVersionUID = 1L;

    private final JoinStep step;
    private final Schema stream;
    private final Schema input;

    /** @param step whose {@link PlannedStep#step()} is a {@link JoinStep} */
    public JoinOperator(PipelineVersion pipeline, PlannedStep step, Schema stream, Schema input, Counting counting) {
        super(pipeline, step.path(), counting);
        this.step = (JoinStep) step.step();
        this.stream = stream;
        this.input = input;
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    @Override
    void openStep() throws Exception {
        step.open(this, stream, input);
    }

    @Override
    public void processElement1(StreamRecord<Event> element) {
        process(element.getValue(), step::applyStream);
    }

    @Override
    public void processElement2(StreamRecord<Event> element) {
        process(element.getValue(), event -> {
            step.applyInput(event);
            return null;
        });
    }

    private void process(Event event, Side side) {
        Event next;
        try {
            next = side.apply(event);
        } catch (RejectedEventException e) {
            reject(event, path(), e);
            return;
        } catch (Exception e) {
            throw new FailedStepException(path(), event, e);
        }
        if (next == null) {
            count(event, step.dropped());
        } else {
            send(next);
        }
    }

    private interface Side {
        Event apply(Event event) throws Exception, RejectedEventException;
    }

    @Override
    void onTimer(long time) throws Exception {
        step.onTimer(time);
    }
}
