package io.datamill.step;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;

/** A step that looks at one event at a time. One instance serves one subtask, from one thread. */
public interface StatelessStep extends Step {

    /**
     * Opens files, resolves references and compiles what is compiled: once per subtask, never per event.
     *
     * @throws Exception fails the job with this step's path
     */
    default void open() throws Exception {}

    /** Closes what {@link #open} opened; also called where open failed half-way. */
    default void close() throws Exception {}

    /**
     * @return the event with the values of the planned output schema; null drops it
     * @throws RejectedEventException if this event is wrong; it goes to the rejects
     */
    Event apply(Event event) throws RejectedEventException;
}
