package io.datamill.event;

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
public record Header(String tenant, String id, long time, UUID writerSchema, SourceRecord source) {}
