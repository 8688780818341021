package io.datamill.schema;

import java.util.UUID;
import org.apache.avro.Schema;

/**
 * Where schemas are kept. What was registered never changes: a name always means the same schema, and so does an id.
 * Safe for use by several threads.
 */
public interface SchemaRegistry {
    /**
     * Keeps a schema under a name, such as {@code email-metadata-v4}. The same again does nothing.
     *
     * @return its id: the same schema has the same id under every name
     * @throws IllegalArgumentException when the name already means another schema, or cannot be a name
     */
    UUID register(String name, Schema schema);

    /** @throws UnknownSchemaException when there is none */
    Schema byId(UUID id);

    /** @throws UnknownSchemaException when there is none */
    Schema byName(String name);
}
