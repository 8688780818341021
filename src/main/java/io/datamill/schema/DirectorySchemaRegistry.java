package io.datamill.schema;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A registry of {@code <name>.avsc} files in one directory, read through Flink's file systems.
 *
 * <p>What is known is served from memory without a lock. What is not known lists the directory again, but no more often
 * than every {@value #RELIST_SECONDS} s: records with random ids cost one map lookup each. A file is read once; a schema
 * never changes under its name.
 */
public final class DirectorySchemaRegistry implements SchemaRegistry {
    private static final String SUFFIX = ".avsc";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final long RELIST_SECONDS = 5;
    private static final long RELIST_NANOS = RELIST_SECONDS * 1_000_000_000L;
    private static final int MAX_FILE_BYTES = 1 << 20;

    private record Known(Map<String, Schema> byName, Map<UUID, Schema> byId, long listedAt) {}

    private final Path directory;
    private final LongSupplier nanoClock;
    private volatile Known known;

    /**
     * @throws UncheckedIOException when the directory cannot be read
     * @throws IllegalArgumentException when a file in it is no Avro schema
     */
    public DirectorySchemaRegistry(Path directory) {
        this(directory, System::nanoTime);
    }

    DirectorySchemaRegistry(Path directory, LongSupplier nanoClock) {
        this.directory = directory;
        this.nanoClock = nanoClock;
        this.known = list(Map.of());
    }

    @Override
    public Schema byId(UUID id) {
        Schema schema = known.byId.get(id);
        if (schema == null) {
            schema = relisted().byId.get(id);
        }
        if (schema == null) {
            throw UnknownSchemaException.ofId(id, directory.toString());
        }
        return schema;
    }

    @Override
    public Schema byName(String name) {
        Schema schema = known.byName.get(name);
        if (schema == null) {
            schema = relisted().byName.get(name);
        }
        if (schema == null) {
            throw UnknownSchemaException.ofName(name, directory.toString(), known.byName.keySet());
        }
        return schema;
    }

    @Override
    public synchronized UUID register(String name, Schema schema) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("schema name '" + name + "' must match " + NAME.pattern());
        }
        UUID id = SchemaIds.of(schema);
        known = list(known.byName);
        Schema existing = known.byName.get(name);
        if (existing == null) {
            write(name, schema);
            known = list(known.byName);
        } else if (!SchemaIds.of(existing).equals(id)) {
            throw new IllegalArgumentException("schema '" + name + "' in " + directory
                    + " is another one already; a version never changes, so register this one under a new name");
        }
        return id;
    }

    private Known relisted() {
        Known before = known;
        if (nanoClock.getAsLong() - before.listedAt < RELIST_NANOS) {
            return before;
        }
        synchronized (this) {
            if (known.listedAt == before.listedAt) {
                known = list(before.byName);
            }
            return known;
        }
    }

    private Known list(Map<String, Schema> before) {
        long now = nanoClock.getAsLong();
        Map<String, Schema> byName = new HashMap<>(before);
        try {
            FileSystem files = directory.getFileSystem();
            FileStatus[] listed = files.listStatus(directory);
            if (listed == null) {
                throw new FileNotFoundException("not there");
            }
            for (FileStatus file : listed) {
                String fileName = file.getPath().getName();
                if (file.isDir() || !fileName.endsWith(SUFFIX) || fileName.startsWith(".")) {
                    continue;
                }
                String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                if (!byName.containsKey(name)) {
                    byName.put(name, read(files, file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema registry " + directory + ": " + e.getMessage(), e);
        }
        Map<UUID, Schema> byId = new HashMap<>();
        byName.values().forEach(schema -> byId.put(SchemaIds.of(schema), schema));
        return new Known(byName, byId, now);
    }

    private static Schema read(FileSystem files, FileStatus file) throws IOException {
        try (FSDataInputStream in = files.open(file.getPath())) {
            byte[] json = in.readNBytes(MAX_FILE_BYTES + 1);
            if (json.length > MAX_FILE_BYTES) {
                throw new IllegalArgumentException(
                        file.getPath() + " is larger than a schema may be, " + MAX_FILE_BYTES + " bytes");
            }
            return new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
        } catch (SchemaParseException e) {
            throw new IllegalArgumentException(file.getPath() + " is no Avro schema: " + e.getMessage(), e);
        }
    }

    private void write(String name, Schema schema) {
        // Renamed into place: another reader must never see half a schema.
        Path part = new Path(directory, "." + name + "." + UUID.randomUUID() + ".part");
        try {
            FileSystem files = directory.getFileSystem();
            try (FSDataOutputStream out = files.create(part, FileSystem.WriteMode.NO_OVERWRITE)) {
                out.write(schema.toString(true).getBytes(StandardCharsets.UTF_8));
            }
            if (!files.rename(part, new Path(directory, name + SUFFIX))) {
                throw new IOException("could not rename " + part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write schema '" + name + "' to " + directory, e);
        }
    }
}
