package io.datamill.step;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import java.util.function.Consumer;

/** A step that makes several events of one, or none. One instance serves one subtask, from one thread. */
public interface ExpandingStep extends Step {

    /** Once per subtask, before the first event. */
    default void open() throws Exception {}

    /**
     * Gives the events made of one, each under {@link io.datamill.event.Header#part} of the one it was made of.
     *
     * @throws RejectedEventException if this event is wrong; then {@code out} has got nothing
     */
    void apply(Event event, Consumer<Event> out) throws RejectedEventException;
}
