package io.datamill.bench.verbs;

import io.datamill.event.Event;
import io.datamill.event.Header;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.operator.Rekey;
import io.datamill.pipeline.PlannedVerb;
import io.datamill.pipeline.YamlAdapter;
import io.datamill.step.ExpandingStep;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.StatelessStep;
import io.datamill.step.adapter.Adapter;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Opens what is measured and goes round a pool of {@value #POOL} different events or records. */
final class Works {
    static final int POOL = 256;

    /** How far the stream's time goes on from event to event. */
    private static final long MILLIS = 100;

    private Works() {}

    static Work adapter(String yaml, IntFunction<String> record) throws Exception {
        YamlAdapter adapter = new YamlAdapter(yaml);
        if (!adapter.problems().isEmpty()) {
            throw new AssertionError(adapter.problems());
        }
        return adapter(adapter.adapter(), i -> Events.record(record.apply(i).getBytes(StandardCharsets.UTF_8)));
    }

    /** @param adapter opened */
    static Work adapter(Adapter adapter, IntFunction<SourceRecord> record) {
        Round<SourceRecord> records = new Round<>(record);
        Read read = new Read();
        return () -> {
            read.events = 0;
            adapter.read(records.next(), read);
            return read;
        };
    }

    static Work step(PlannedVerb planned, IntFunction<Object[]> row) throws Exception {
        if (planned.step() instanceof ExpandingStep expanding) {
            Round<Event> events = new Round<>(i -> Events.event("id-" + i, Events.ARRIVAL, row.apply(i)));
            expanding.open();
            Counted counted = new Counted();
            return () -> {
                counted.events = 0;
                expanding.apply(events.next(), counted);
                return counted;
            };
        }
        return step((StatelessStep) planned.step(), row);
    }

    static Work step(StatelessStep step, IntFunction<Object[]> row) throws Exception {
        Round<Event> events = new Round<>(i -> Events.event("id-" + i, Events.ARRIVAL, row.apply(i)));
        step.open();
        return () -> step.apply(events.next());
    }

    /** Events made on the way, none twice: for steps that remember what they have answered. */
    static Work unseen(PlannedVerb planned, IntFunction<Object[]> row) throws Exception {
        StatelessStep step = (StatelessStep) planned.step();
        step.open();
        int[] number = {0};
        return () -> step.apply(Events.event("id", Events.ARRIVAL, row.apply(number[0]++)));
    }

    /** State in hash maps; the watermark, and with it the timers, go on with every 256th event. */
    static Work keyed(PlannedVerb planned, IntFunction<Object[]> row) throws Exception {
        KeyedStep step = (KeyedStep) planned.step();
        InMemoryState state = new InMemoryState();
        step.open(state);
        Clock events = new Clock(row);
        Rekey rekey = new Rekey(planned.input(), step.key());
        return () -> {
            Event event = rekey.map(events.next());
            state.select(event.key());
            Event given = step.apply(event);
            if (events.number % POOL == 0) {
                state.advance(event.header().time(), step);
                state.emitted().clear();
            }
            return given;
        };
    }

    /** An event of each side by turns. */
    static Work join(PlannedVerb planned, IntFunction<Object[]> row, IntFunction<Object[]> other) throws Exception {
        JoinStep step = (JoinStep) planned.step();
        InMemoryState state = new InMemoryState();
        step.open(state, planned.input(), planned.inputs().get(step.input()));
        Clock events = new Clock(i -> i % 2 == 0 ? row.apply(i / 2) : other.apply(i / 2));
        Rekey rekey = new Rekey(planned.input(), step.key());
        Rekey otherRekey = new Rekey(planned.inputs().get(step.input()), step.inputKey());
        return () -> {
            boolean stream = events.number % 2 == 0;
            Event event = (stream ? rekey : otherRekey).map(events.next());
            state.select(event.key());
            if (stream) {
                step.applyStream(event);
            } else {
                step.applyInput(event);
            }
            if (events.number % POOL == 0) {
                state.advance(event.header().time(), step::onTimer);
                state.emitted().clear();
            }
            return event;
        };
    }

    private static final class Round<T> {
        private final Object[] pool = new Object[POOL];
        private int at;

        Round(IntFunction<T> made) {
            for (int i = 0; i < POOL; i++) {
                pool[i] = made.apply(i);
            }
        }

        @SuppressWarnings("unchecked") // Filled above.
        T next() {
            at = (at + 1) % POOL;
            return (T) pool[at];
        }
    }

    /** Events with ids and times of their own, so that a window ends and an id is new. */
    static final class Clock {
        private final Round<Object[]> rows;
        private final SourceRecord record = Events.record(new byte[0]);
        private long number;

        Clock(IntFunction<Object[]> row) {
            // The round begins with the one behind the first.
            rows = new Round<>(i -> row.apply((i + POOL - 1) % POOL));
        }

        Event next() {
            long time = Events.ARRIVAL + number * MILLIS;
            return new Event(new Header("acme", "id-" + number++, time, null, record), "", rows.next());
        }
    }

    private static final class Counted implements Consumer<Event> {
        private int events;

        @Override
        public void accept(Event event) {
            events++;
        }
    }

    private static final class Read implements Adapter.Output {
        private int events;

        @Override
        public void event(Object[] values, UUID writerSchema, byte[] part) {
            events++;
        }

        @Override
        public void reject(RejectedEventException cause, byte[] part) {
            throw new AssertionError(cause);
        }
    }
}
