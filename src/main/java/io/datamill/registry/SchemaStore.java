package io.datamill.registry;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/**
 * Keeps versions. Several servers may use one store at once; what was appended is never changed or lost. Every method
 * may throw {@link StoreException}. Safe for use by several threads.
 */
public interface SchemaStore extends AutoCloseable {
    /** All with at least one version, in order. */
    List<String> subjects();

    /** From the earliest to the latest; empty where there is no such subject. */
    List<Version> versions(String subject);

    Optional<Schema> schema(UUID id);

    /** What {@link #setLevel} set. */
    Optional<CompatibilityLevel> level(String subject);

    void setLevel(String subject, CompatibilityLevel level);

    /**
     * Adds a version if its number still follows that of the subject's latest.
     *
     * @return false if somebody else was quicker: read the versions again
     */
    boolean append(Version version);

    /** What messages call it, without secrets. */
    String place();

    @Override
    default void close() {}
}
