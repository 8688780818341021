package io.datamill.step.score.training;

/**
 * One event of known kind.
 *
 * @param id the same for every copy of the event
 * @param group what the event shares with its like, such as the sender's domain: a group is never split between training
 *     and held-out data; empty where unknown
 * @param trusted whether the event is trustworthy
 * @param values of the schema that the features are bound to
 */
@SuppressWarnings("ArrayRecordComponent") // An event's values, by position.
public record Sample(String id, String group, boolean trusted, Object[] values) {}
