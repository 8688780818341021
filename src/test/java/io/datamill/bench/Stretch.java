package io.datamill.bench;

/**
 * How long to run.
 *
 * @param warmUp events before the clock starts
 * @param measured events after that
 */
record Stretch(long warmUp, long measured) {}
