package io.datamill.sink;

/** The options of one sink as written, valid in themselves; {@code when} is read for every sink alike. */
public interface SinkConfig {

    /**
     * Checks the options against the outcome's schema.
     *
     * @return the sink to attach, or null where a problem was reported
     */
    PlannedSink plan(SinkPlanning planning);
}
