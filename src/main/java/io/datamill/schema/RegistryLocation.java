package io.datamill.schema;

import java.io.Serializable;
import java.net.URI;
import org.apache.flink.core.fs.Path;

/**
 * Says which registry to use. It travels in the job graph; an operator opens it in {@code open()}.
 *
 * @param uri a directory that Flink's file systems know: a plain path, {@code file://}, {@code s3://}
 */
public record RegistryLocation(String uri) implements Serializable {
    public RegistryLocation {
        if (uri == null || uri.isBlank()) {
            throw new IllegalArgumentException("the schema registry is empty; expected a directory such as schemas/");
        }
        URI ignored = new Path(uri).toUri(); // what Flink cannot parse fails here, not in the cluster
        if (ignored.getPath().isEmpty() && ignored.getAuthority() == null) {
            throw new IllegalArgumentException("the schema registry '" + uri + "' is no directory");
        }
    }

    /**
     * Reads every schema that is there.
     *
     * @throws java.io.UncheckedIOException when the directory cannot be read
     * @throws IllegalArgumentException when a file in it is no Avro schema
     */
    public SchemaRegistry open() {
        return new DirectorySchemaRegistry(new Path(uri));
    }
}
