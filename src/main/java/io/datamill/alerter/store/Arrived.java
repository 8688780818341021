package io.datamill.alerter.store;

import java.time.Instant;

/**
 * A record of the stream.
 *
 * @param at when it arrived there
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes that nobody changes.
public record Arrived(String sequence, Instant at, byte[] data) {}
