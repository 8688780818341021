package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.Observation;
import io.datamill.event.RejectedEventException;
import io.datamill.step.BatchedStep;
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
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.OutputTag;

/** Runs consecutive stateless steps, one after the other. */
abstract class StepsOperator extends EventOperator {
    private static final long serialVersionUID = 1L;

    /** How long an event waits for others at most, in milliseconds. */
    private static final long LONGEST_WAIT_MILLIS = 5;

    private final String[] paths;
    private final Step[] steps;
    private transient EventBuffer[] buffers;
    private transient boolean timed;

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
        buffers = new EventBuffer[steps.length];
        observing(step -> {
            OutputTag<Observation> tag = ExpectedWindows.observations(step.id());
            step.observe(seen -> output.collect(tag, new StreamRecord<>(seen, seen.start)));
        });
        for (int i = 0; i < steps.length; i++) {
            buffers[i] = steps[i] instanceof BatchedStep batched ? new EventBuffer(batched) : null;
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

    final void run(Event event) {
        run(event, 0);
    }

    private void run(Event given, int from) {
        Event event = given;
        for (int i = from; i < steps.length && event != null; i++) {
            if (buffers[i] != null && ((BatchedStep) steps[i]).batch() > 1) {
                gather(event, i);
                return;
            }
            if (steps[i] instanceof ExpandingStep expanding) {
                expand(expanding, event, i);
                return;
            }
            event = applied((StatelessStep) steps[i], event, i);
        }
        if (event != null) {
            send(event);
        }
    }

    /** Null where the event does not go on, which has been told. */
    private Event applied(StatelessStep step, Event event, int at) {
        try {
            Event next = step.apply(event);
            if (next == null) {
                count(event, step.dropped());
            }
            return next;
        } catch (RejectedEventException e) {
            reject(event, paths[at], e);
            return null;
        } catch (FailedStepException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FailedStepException(paths[at], event, e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails in a timer fails the task.
    private void gather(Event event, int at) {
        if (buffers[at].add(event)) {
            drain(at);
        } else if (!timed) {
            timed = true;
            ProcessingTimeService clock = getProcessingTimeService();
            clock.registerTimer(clock.getCurrentProcessingTime() + LONGEST_WAIT_MILLIS, time -> {
                timed = false;
                drain();
            });
        }
    }

    private void drain(int at) {
        buffers[at].drain(event -> {
            Event next = applied((StatelessStep) steps[at], event, at);
            if (next != null) {
                run(next, at + 1);
            }
        });
    }

    /** Lets go on whatever waits to be looked at together. */
    final void drain() {
        for (int i = 0; i < buffers.length; i++) {
            if (buffers[i] != null && !buffers[i].isEmpty()) {
                drain(i);
            }
        }
    }

    /** What belongs to a window leaves before the watermark that ends it. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        drain();
        observing(step -> step.passed(mark.getTimestamp()));
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        drain();
        observing(ObservingStep::drain);
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        drain();
        observing(ObservingStep::drain);
        super.finish();
    }

    /** Each part beyond the first is one more event that came in, so that the ledger's sum holds. */
    private void expand(ExpandingStep step, Event event, int at) {
        List<Event> parts = new ArrayList<>();
        try {
            step.apply(event, parts::add);
        } catch (RejectedEventException e) {
            reject(event, paths[at], e);
            return;
        } catch (RuntimeException e) {
            throw new FailedStepException(paths[at], event, e);
        }
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
