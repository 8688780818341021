package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.RejectedEventException;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Runs one join: the stream is its first input, the joined input its second, both partitioned by the common key. All that
 * comes in is absorbed; what comes out is counted in again.
 */
public final class JoinOperator extends EventOperator
        implements TwoInputStreamOperator<Event, Event, Event>, Triggerable<String, VoidNamespace>, KeyedStep.Context {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final JoinStep step;
    private final Schema stream;
    private final Schema input;
    private transient InternalTimerService<VoidNamespace> timers;

    /** @param step whose {@link PlannedStep#step()} is a {@link JoinStep} */
    public JoinOperator(PipelineVersion pipeline, PlannedStep step, Schema stream, Schema input, Counting counting) {
        super(pipeline, counting);
        this.path = step.path();
        this.step = (JoinStep) step.step();
        this.stream = stream;
        this.input = input;
        setChainingStrategy(ChainingStrategy.HEAD);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("timers", VoidNamespaceSerializer.INSTANCE, this);
        step.open(this, stream, input);
    }

    @Override
    public void processElement1(StreamRecord<Event> element) {
        process(element.getValue(), step::applyStream);
    }

    @Override
    public void processElement2(StreamRecord<Event> element) {
        process(element.getValue(), step::applyInput);
    }

    private void process(Event event, Side side) {
        try {
            side.apply(event);
        } catch (RejectedEventException e) {
            reject(event, path, e);
            return;
        } catch (Exception e) {
            throw new FailedStepException(path, event, e);
        }
        count(event, step.dropped());
    }

    private interface Side {
        void apply(Event event) throws Exception, RejectedEventException;
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        step.onTimer(timer.getTimestamp());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no step has processing-time timers");
    }

    @Override
    public KeyedStateStore state() {
        return Objects.requireNonNull(getKeyedStateStore(), path + " is not keyed");
    }

    @Override
    public void registerTimer(long time) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public void emit(Event event) {
        count(event, Fate.IN);
        send(event);
    }

    @Override
    public long watermark() {
        return timers.currentWatermark();
    }
}
