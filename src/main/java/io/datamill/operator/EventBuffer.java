package io.datamill.operator;

import io.datamill.event.Event;
import io.datamill.step.BatchedStep;
import java.util.Arrays;
import java.util.function.Consumer;

/** Events that wait for others, to be looked at together. */
final class EventBuffer {
    private final BatchedStep step;
    private Event[] events = new Event[0];
    private int count;

    EventBuffer(BatchedStep step) {
        this.step = step;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /**
     * Adds an event.
     *
     * @return whether there is no room for another
     */
    boolean add(Event event) {
        int batch = step.batch();
        if (events.length < batch) {
            events = Arrays.copyOf(events, batch);
        }
        events[count++] = event;
        return count >= batch;
    }

    /** Prepares the step for what is there and gives each on, in their order. */
    void drain(Consumer<Event> next) {
        if (count == 0) {
            return;
        }
        step.prepare(events, count);
        int drained = count;
        count = 0; // Whatever fails now fails the job.
        for (int i = 0; i < drained; i++) {
            Event event = events[i];
            events[i] = null;
            next.accept(event);
        }
    }
}
