package io.datamill.cli.cases;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.operator.Rekey;
import io.datamill.step.ExpandingStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.testing.InMemoryState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Runs one step of any kind but an asynchronous one, with keyed state in memory. */
final class StepDriver implements AutoCloseable {
    private final Step step;
    private final InMemoryState state = new InMemoryState();
    private final Rekey rekey;

    StepDriver(Schema input, PlannedStep planned) throws Exception {
        step = planned.step();
        rekey = step instanceof KeyedStep keyed ? new Rekey(input, keyed.key()) : null;
        if (step instanceof StatelessStep stateless) {
            stateless.open();
        } else if (step instanceof ExpandingStep expanding) {
            expanding.open();
        } else {
            ((KeyedStep) step).open(state);
        }
    }

    void run(Event event, Consumer<Event> out) throws Exception, RejectedEventException {
        if (step instanceof ExpandingStep expanding) {
            List<Event> parts = new ArrayList<>();
            expanding.apply(event, parts::add);
            parts.forEach(out);
            return;
        }
        Event given;
        if (step instanceof KeyedStep keyed) {
            Event rekeyed = rekey.map(event);
            state.select(rekeyed.key());
            given = keyed.apply(rekeyed);
        } else {
            given = ((StatelessStep) step).apply(event);
        }
        if (given != null) {
            out.accept(given);
        }
    }

    /** The watermark passes every timer. */
    void end(Consumer<Event> out) throws Exception {
        if (step instanceof KeyedStep keyed) {
            state.advance(Long.MAX_VALUE, keyed);
            state.emitted().forEach(out);
        }
    }

    @Override
    public void close() throws Exception {
        if (step instanceof StatelessStep stateless) {
            stateless.close();
        }
    }
}
