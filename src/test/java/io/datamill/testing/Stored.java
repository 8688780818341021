package io.datamill.testing;

/**
 * What a store holds of one event.
 *
 * @param version of generation 0: the time at which the record arrived
 */
public record Stored(
        String tenant, String id, long version, long seenLastHour, long seenLastDay, long firstSeen, String model) {
    public String key() {
        return tenant + "|" + id;
    }
}
