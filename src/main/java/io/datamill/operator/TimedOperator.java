package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.step.KeyedStep;
import java.util.Objects;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/** What the operators of steps that remember have in common: state of the current key, and timers in event time. */
abstract class TimedOperator extends EventOperator implements Triggerable<String, VoidNamespace>, KeyedStep.Context {
    private static final long serialVersionUID = 1L;

    private final String path;
    private transient InternalTimerService<VoidNamespace> timers;

    /** @param path where the step stands in the pipeline's file */
    TimedOperator(PipelineVersion pipeline, String path, Counting counting) {
        super(pipeline, counting);
        this.path = path;
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("timers", VoidNamespaceSerializer.INSTANCE, this);
        openStep();
    }

    /** Opens the step, with this as its context. */
    abstract void openStep() throws Exception;

    /** The watermark has passed a time that the current key asked for. */
    abstract void onTimer(long time) throws Exception;

    final String path() {
        return path;
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        onTimer(timer.getTimestamp());
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
    public void emit(Event event) {
        count(event, Fate.IN);
        send(event);
    }

    @Override
    public void registerTimer(long time) {
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @Override
    public long watermark() {
        return timers.currentWatermark();
    }
}
