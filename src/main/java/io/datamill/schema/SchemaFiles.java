package io.datamill.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schemas that a registry gave, kept on this machine under their ids, so that a job starts again while the registry is
 * down. It may be lost or broken at any time: then the registry is asked.
 */
final class SchemaFiles {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaFiles.class);
    private static final int MAX_BYTES = 1 << 20;

    private final Path directory;

    SchemaFiles(Path directory) {
        this.directory = directory;
    }

    Optional<Schema> find(UUID id) {
        Path file = file(id);
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
                return Optional.of(new Schema.Parser().parse(Files.readString(file)));
            }
        } catch (IOException | AvroRuntimeException e) {
            LOG.warn("{} is of no use, the registry is asked instead: {}", file, e.toString());
        }
        return Optional.empty();
    }

    void keep(UUID id, Schema schema) {
        try {
            Files.createDirectories(directory);
            Path part = Files.createTempFile(directory, "." + id, ".part");
            try {
                Files.writeString(part, schema.toString(true));
                Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.warn("schema {} is not kept in {}: {}", id, directory, e.toString());
        }
    }

    private Path file(UUID id) {
        return directory.resolve(id + ".avsc");
    }
}
