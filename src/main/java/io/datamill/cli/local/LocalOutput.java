package io.datamill.cli.local;

import io.datamill.event.Event;
import io.datamill.event.Reject;

/** Takes what a local run gives, one call at a time. */
public interface LocalOutput {

    /** @param branch the name of the branch; empty for the pipeline's own outcomes */
    void outcome(String branch, Event event);

    void reject(Reject reject);

    /** Whether the pipeline's own sinks get an outcome, where it runs with them; asked of each, by several threads. */
    default boolean lands(Event event) {
        return true;
    }
}
