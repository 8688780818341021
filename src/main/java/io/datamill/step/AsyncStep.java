package io.datamill.step;

import io.datamill.event.Event;
import java.util.concurrent.CompletionStage;

/**
 * A step that waits for another system without holding the events behind it. It is an operator of its own, which gives
 * events in the order they came. One instance serves one subtask; {@link #apply} is called from one thread.
 */
public interface AsyncStep extends Step {

    /** Names its operator: the step's {@code id} in the YAML. */
    String id();

    /** Events that wait at a time, from 1; above them the stream is held. */
    int capacity();

    /** Once per subtask, before the first event. */
    void open() throws Exception;

    /** Closes what {@link #open} opened; also called where open failed half-way. */
    void close() throws Exception;

    /** The event with the values of the planned output schema, now or later; what it fails with fails the job. */
    CompletionStage<Event> apply(Event event);
}
