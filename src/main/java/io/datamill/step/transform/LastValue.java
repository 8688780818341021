package io.datamill.step.transform;

/**
 * What a field last held under a key.
 *
 * @param time of the event that held it, milliseconds since the epoch
 * @param value as {@link io.datamill.event.PlainValues} has it; an enum symbol as its text
 */
record LastValue(long time, Object value) {}
