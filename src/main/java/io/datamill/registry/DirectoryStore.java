package io.datamill.registry;

import io.datamill.schema.SchemaIds;
import io.datamill.schema.SchemaName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Files in one directory: version 4 of {@code email-metadata} is {@code email-metadata-v4.avsc}, the subject's level is
 * in {@code email-metadata.compatibility}. So it is a directory that a pipeline's {@code registry} may name, too. A file
 * that is not named for a version is found by its id alone.
 *
 * <p>A file is written whole, forced to the disk, and renamed into place. Writers on one machine take turns by a lock on
 * {@code .registry.lock}; a network file system without locks must have one writer.
 */
public final class DirectoryStore implements SchemaStore {
    private static final String SCHEMA = ".avsc";
    private static final String LEVEL = ".compatibility";
    private static final int MAX_BYTES = 2 << 20;

    private record Stored(UUID id, Schema schema) {}

    private final Path directory;
    private final StoreLock lock;
    private final Map<String, Stored> read = new ConcurrentHashMap<>();

    /** Makes the directory where it is missing. */
    public DirectoryStore(Path directory) {
        try {
            this.directory = Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw new StoreException("cannot use the directory " + directory + ": " + reason(e), e);
        }
        this.lock = new StoreLock(this.directory.resolve(".registry.lock"));
    }

    @Override
    public List<String> subjects() {
        return names().stream()
                .map(SchemaName::parse)
                .filter(name -> !name.isLatest() && SchemaName.isSubject(name.subject()))
                .map(SchemaName::subject)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<Version> versions(String subject) {
        List<Version> versions = new ArrayList<>();
        for (String name : names()) {
            SchemaName parsed = SchemaName.parse(name);
            if (!parsed.isLatest() && parsed.subject().equals(subject)) {
                Stored stored = read(name);
                versions.add(new Version(subject, parsed.version(), stored.id, stored.schema));
            }
        }
        versions.sort(Comparator.comparingInt(Version::number));
        return versions;
    }

    @Override
    public Optional<Schema> schema(UUID id) {
        StoreException broken = null;
        for (String name : names()) {
            try {
                Stored stored = read(name);
                if (stored.id.equals(id)) {
                    return Optional.of(stored.schema);
                }
            } catch (StoreException e) {
                broken = e; // It might have been the one; the others are still served.
            }
        }
        if (broken != null) {
            throw broken;
        }
        return Optional.empty();
    }

    @Override
    public Optional<CompatibilityLevel> level(String subject) {
        Path file = directory.resolve(subject + LEVEL);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = text(file).strip();
        return Optional.of(CompatibilityLevel.parse(text)
                .orElseThrow(() -> new StoreException(
                        file + " holds '" + text + "', expected one of " + CompatibilityLevel.all(), null)));
    }

    @Override
    public void setLevel(String subject, CompatibilityLevel level) {
        lock.holding(() -> {
            write(subject + LEVEL, level + "\n");
            return true;
        });
    }

    @Override
    public boolean append(Version version) {
        return lock.holding(() -> {
            List<Version> now = versions(version.subject());
            int latest = now.isEmpty() ? 0 : now.get(now.size() - 1).number();
            if (latest + 1 != version.number()) {
                return false;
            }
            write(
                    new SchemaName(version.subject(), version.number()) + SCHEMA,
                    version.schema().toString(true));
            return true;
        });
    }

    @Override
    public String place() {
        return directory.toString();
    }

    /** Of the schemas, without suffix. */
    private List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SCHEMA) && !name.startsWith("."))
                    .map(name -> name.substring(0, name.length() - SCHEMA.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreException("cannot list " + directory + ": " + reason(e), e);
        }
    }

    /** A file is read once: a schema never changes under its name. */
    private Stored read(String name) {
        return read.computeIfAbsent(name, missing -> {
            Path file = directory.resolve(missing + SCHEMA);
            try {
                Schema schema = new Schema.Parser().parse(text(file));
                return new Stored(SchemaIds.of(schema), schema);
            } catch (AvroRuntimeException e) {
                throw new StoreException(file + " is no Avro schema: " + e.getMessage(), e);
            }
        });
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new StoreException(file + " has more than " + MAX_BYTES + " bytes", null);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StoreException("cannot read " + file + ": " + reason(e), e);
        }
    }

    private void write(String name, String text) {
        Path part = directory.resolve("." + name + "." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text);
            try (FileChannel written = FileChannel.open(part, java.nio.file.StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, directory.resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw new StoreException("cannot write " + name + " in " + directory + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}
