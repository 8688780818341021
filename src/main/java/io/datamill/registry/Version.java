package io.datamill.registry;

import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A schema of a subject. It never changes.
 *
 * @param number from 1
 * @param id of the schema, by {@link io.datamill.schema.SchemaIds}
 */
public record Version(String subject, int number, UUID id, Schema schema) {}
