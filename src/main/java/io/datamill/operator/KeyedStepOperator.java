package io.datamill.operator;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Runs one step that remembers, under the key its stream is partitioned by. */
public final class KeyedStepOperator extends TimedOperator implements OneInputStreamOperator<Event, Event> {
    private static final long serialVersionUID = 1L;

    private final KeyedStep step;

    public KeyedStepOperator(PipelineVersion pipeline, PlannedStep step, Counting counting) {
        super(pipeline, step.path(), counting);
        this.step = (KeyedStep) step.step();
    }

    /**
     * Without a shuffle, which is right only because the stream is partitioned by this very key: by the shuffle in front
     * of this leg. Directly behind that shuffle its own keyed stream has to be taken: the forward edge of a
     * reinterpretation would take the shuffle's place.
     */
    @SuppressWarnings("unchecked") // The only keyed streams of events are by their key.
    public static KeyedStream<Event, String> byKey(DataStream<Event> events) {
        return events instanceof KeyedStream
                ? (KeyedStream<Event, String>) events
                : DataStreamUtils.reinterpretAsKeyedStream(events, Event::key, Types.STRING);
    }

    @Override
    void openStep() throws Exception {
        step.open(this);
    }

    @Override
    public void processElement(StreamRecord<Event> element) {
        Event event = element.getValue();
        Event next;
        try {
            next = step.apply(event);
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

    @Override
    void onTimer(long time) throws Exception {
        step.onTimer(time);
    }
}
