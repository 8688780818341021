package io.datamill.cli.training;

/**
 * An event as it came, before it is known whether it is labelled.
 *
 * @param tenant null where the data names none
 * @param id null where the data names none
 * @param time milliseconds since the epoch; null where the data names none
 * @param values of the schema of its {@link Events}
 */
@SuppressWarnings("ArrayRecordComponent") // By position, as an event has them.
record Seen(String tenant, String id, Long time, Object[] values) {}
