package io.datamill.operator;

import io.datamill.event.Event;

/** A step failed on an event in a way nobody foresaw; the job restarts rather than lose the event. */
final class FailedStepException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedStepException(String path, Event event, Throwable cause) {
        super(
                path + " failed on event " + event.header().id() + " of tenant "
                        + event.header().tenant() + " at "
                        + event.header().source().position() + ": " + cause,
                cause);
    }
}
