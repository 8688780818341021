package io.datamill.event;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What every event has, whatever its schema.
 *
 * @param tenant never blank
 * @param id unique within the tenant
 * @param time the event time, milliseconds since the epoch
 * @param writerSchema the schema the record was written with; null where the format names none
 * @param source the record the event was read from
 */
public record Header(String tenant, String id, long time, UUID writerSchema, SourceRecord source) {
    private static final int LONGEST_ID = 256;

    /** The header of one of several events that are made of this one; each part has an id of its own, always the same. */
    public Header part(String name) {
        String joined = id + '~' + name;
        String partId = joined.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID
                ? joined
                : Hashing.sha256().hashString(joined, StandardCharsets.UTF_8).toString();
        return new Header(tenant, partId, time, writerSchema, source);
    }
}
