package io.datamill.step.adapter;

import java.util.UUID;

/**
 * What an adapter read.
 *
 * @param values by position of {@link Adapter#schema()}, as an {@link io.datamill.event.Event} holds them
 * @param writerSchema null where the format names none
 */
@SuppressWarnings("ArrayRecordComponent") // They become the event's values as they are.
public record Adapted(Object[] values, UUID writerSchema) {}
