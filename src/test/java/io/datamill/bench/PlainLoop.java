package io.datamill.bench;

import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.KeyedRecord;
import io.datamill.event.SourceRecord;
import io.datamill.expression.Evaluator;
import io.datamill.pipeline.Plan;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.StatelessStep;
import io.datamill.step.adapter.EventReader;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import java.util.ArrayList;
import java.util.List;

/** The plan's own codecs and steps, one after the other in one thread: what the work costs without Flink. */
final class PlainLoop {
    private static final long FILE_NANOS = 1_000_000_000L;
    private static final int EVENTS_PER_WATERMARK = 10_000;

    private record Remembering(KeyedStep step, InMemoryState state) {}

    private record Joining(JoinStep step, InMemoryState state) {}

    private record Output(Evaluator when, Encoder encoder) {}

    private final MailStream mails;
    private final EventReader reader;
    private final List<Object> steps = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final long lateAfter;
    private final int keyField;
    private long number;
    private long highest = Long.MIN_VALUE;
    private long nextFile = System.nanoTime() + FILE_NANOS;

    /** @param plan of one leg, keyed by one field; used by nobody else */
    PlainLoop(Plan plan, MailStream mails) throws Exception {
        this.mails = mails;
        Plan.Input input = plan.input();
        lateAfter = input.event().lateAfter().toMillis();
        reader = input.reader();
        reader.open();
        Plan.Leg leg = plan.trunk().legs().get(0);
        keyField = reader.schema().getField(leg.key().fields().get(0)).pos();
        for (PlannedStep planned : leg.steps()) {
            if (planned.step() instanceof KeyedStep keyed) {
                InMemoryState state = new InMemoryState();
                keyed.open(state);
                steps.add(new Remembering(keyed, state));
            } else if (planned.step() instanceof JoinStep join) {
                InMemoryState state = new InMemoryState();
                join.open(state, null, null); // Nothing comes by its other input.
                steps.add(new Joining(join, state));
            } else {
                StatelessStep step = (StatelessStep) planned.step();
                step.open();
                steps.add(step);
            }
        }
        for (Plan.Delivery delivery : plan.trunk().sinks()) {
            Encoder encoder = ((NullSink) delivery.sink()).encoder();
            encoder.open();
            outputs.add(
                    new Output(delivery.when() == null ? null : delivery.when().open(), encoder));
        }
    }

    Marks run(long events) throws Exception {
        for (long end = number + events; number < end; number++) {
            SourceRecord record = mails.get(number);
            Event event = Events.only(reader, new KeyedRecord("", 0, record));
            highest = Math.max(highest, event.header().time());
            String key = EventKey.of(event.header().tenant(), event.values()[keyField]);
            Event outcome = stepped(new Event(event.header(), key, event.values()));
            if (outcome != null) {
                encode(outcome);
            }
            if (number % EVENTS_PER_WATERMARK == 0) {
                tick();
            }
        }
        return Marks.at(number);
    }

    private Event stepped(Event event) throws Exception {
        for (int i = 0; i < steps.size() && event != null; i++) {
            if (steps.get(i) instanceof Remembering remembering) {
                remembering.state.select(event.key());
                event = remembering.step.apply(event);
            } else if (steps.get(i) instanceof Joining joining) {
                joining.state.select(event.key());
                event = joining.step.applyStream(event);
            } else {
                event = ((StatelessStep) steps.get(i)).apply(event);
            }
        }
        return event;
    }

    private void encode(Event outcome) throws Exception {
        for (int i = 0; i < outputs.size(); i++) {
            Output output = outputs.get(i);
            if (output.when == null || (Boolean) output.when.evaluate(outcome.values())) {
                output.encoder.encode(outcome);
            }
        }
    }

    /** What the passing of time does: timers, and a new file each second. */
    private void tick() throws Exception {
        for (Object step : steps) {
            if (step instanceof Remembering remembering) {
                remembering.state.advance(highest - lateAfter - 1, remembering.step);
            }
        }
        if (System.nanoTime() - nextFile > 0) {
            nextFile = System.nanoTime() + FILE_NANOS;
            for (Output output : outputs) {
                output.encoder.roll();
            }
        }
    }
}
