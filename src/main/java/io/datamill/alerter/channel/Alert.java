package io.datamill.alerter.channel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;

/**
 * What a receiver is told once.
 *
 * @param id the idempotency key: the same each time this is sent
 * @param tenant empty where it concerns none
 * @param first event time of the earliest event, or of the notice
 * @param last event time of the latest
 * @param count of the events in it
 * @param before of these, how many an earlier alert of the same window told of
 * @param content what {@link AlertContent} made of it
 */
public record Alert(
        UUID id, Kind kind, String tenant, Instant first, Instant last, long count, long before, JsonNode content) {

    /** What it tells of. */
    public enum Kind {
        /** Events of one group. */
        GROUP,
        /** How many more came in a group's window after its alert. */
        SUMMARY,
        /** Groups above the tenant's limit. */
        OVERFLOW,
        /** An alert that a job put on the stream. */
        NOTICE
    }
}
