package io.datamill.step.group;

import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;

/** The open windows of the current key. */
interface Windows {

    /**
     * Adds an event to each open window it belongs to.
     *
     * @return false if all of them have been closed
     */
    boolean add(Event event) throws Exception, RejectedEventException;

    /** Gives what the windows that end by then have become. */
    void close(long time) throws Exception;
}
