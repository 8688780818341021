package io.datamill.schema;

import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * A registry across the network, one question at a time: it neither remembers nor asks again, which {@link
 * CachingSchemaRegistry} does. An IOException says that there is no answer, and nothing of whether a schema exists. Safe
 * for use by several threads.
 */
interface RemoteRegistry {
    /** A schema and the id that records name it by. */
    record Registered(UUID id, Schema schema) {}

    Optional<Registered> byId(UUID id) throws IOException;

    Optional<Registered> byName(SchemaName name) throws IOException;

    /** Names near to one that there is not, for the message. */
    Collection<String> namesLike(SchemaName name) throws IOException;

    /** @throws IllegalArgumentException when the registry refuses it, with its reason */
    UUID register(SchemaName name, Schema schema) throws IOException;

    /** What messages call it. */
    String place();
}
