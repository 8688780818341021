package io.datamill.testing;

/** What a store holds of one event. */
public record Stored(String tenant, String id, long version, long seenLastHour, long seenLastDay, long firstSeen) {
    public String key() {
        return tenant + "|" + id;
    }
}
