package io.datamill.schema;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The ids that a Confluent registry gave to the schemas of a directory: beside {@code NAME.avsc} a file {@code NAME.id}
 * holds the number. An id that is not known lists the directory again, but no more often than every
 * {@value #RELIST_SECONDS} s. Not safe for use by several threads.
 */
final class ConfluentIds {
    private static final String SUFFIX = ".id";
    private static final long RELIST_SECONDS = 5;
    private static final int MAX_FILE_BYTES = 32;

    private final Path directory;
    private final SchemaRegistry registry;
    private final LongSupplier nanoClock;
    private final Map<Integer, UUID> schemas = new HashMap<>();
    private Map<Integer, String> names;
    private long listedAt;

    /**
     * @throws UncheckedIOException when the directory cannot be read
     * @throws IllegalArgumentException when a file {@code NAME.id} holds no number, or two hold the same
     */
    ConfluentIds(Path directory, SchemaRegistry registry, LongSupplier nanoClock) {
        this.directory = directory;
        this.registry = registry;
        this.nanoClock = nanoClock;
        list();
    }

    /** @throws UnknownSchemaException when no schema has this id */
    UUID schemaOf(int id) {
        UUID known = schemas.get(id);
        if (known != null) {
            return known;
        }
        if (!names.containsKey(id) && nanoClock.getAsLong() - listedAt > RELIST_SECONDS * 1_000_000_000L) {
            list();
        }
        String name = names.get(id);
        if (name == null) {
            throw UnknownSchemaException.ofId(id, directory.toString());
        }
        UUID schema = SchemaIds.of(registry.byName(name));
        schemas.put(id, schema);
        return schema;
    }

    private void list() {
        listedAt = nanoClock.getAsLong();
        Map<Integer, String> found = new HashMap<>();
        try {
            FileSystem files = directory.getFileSystem();
            FileStatus[] listed = files.listStatus(directory);
            if (listed == null) {
                throw new FileNotFoundException("not there");
            }
            for (FileStatus file : listed) {
                String name = file.getPath().getName();
                if (!file.isDir() && name.endsWith(SUFFIX) && !name.startsWith(".")) {
                    String schema = name.substring(0, name.length() - SUFFIX.length());
                    String before = found.put(number(files, file.getPath()), schema);
                    if (before != null) {
                        throw new IllegalArgumentException(
                                directory + ": " + before + " and " + schema + " have the same id");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema ids in " + directory + ": " + e.getMessage(), e);
        }
        names = found;
    }

    private static int number(FileSystem files, Path file) throws IOException {
        try (FSDataInputStream in = files.open(file)) {
            String text = new String(in.readNBytes(MAX_FILE_BYTES), StandardCharsets.UTF_8).strip();
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(file + " holds no schema id, a whole number: " + e.getMessage(), e);
        }
    }
}
