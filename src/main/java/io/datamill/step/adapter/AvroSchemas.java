package io.datamill.step.adapter;

import io.datamill.config.Reference;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.schema.RecordDecoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaRegistry;
import io.datamill.schema.UnknownSchemaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/** Finds the schemas that an adapter's options name, while the pipeline is planned. */
final class AvroSchemas {
    private static final int MAX_FILE_BYTES = 1 << 20;

    private final SchemaRegistry registry;
    private final BiConsumer<String, String> problems;

    private AvroSchemas(SchemaRegistry registry, BiConsumer<String, String> problems) {
        this.registry = registry;
        this.problems = problems;
    }

    /**
     * @param location null where there is none
     * @return null where the problem was reported
     */
    static AvroSchemas open(Reference location, BiConsumer<String, String> problems) {
        try {
            SchemaRegistry opened = location == null ? null : new RegistryLocation(location.resolve()).open();
            return new AvroSchemas(opened, problems);
        } catch (UnresolvedReferenceException | UncheckedIOException | IllegalArgumentException e) {
            problems.accept("registry", e.getMessage());
            return null;
        }
    }

    /** A record of the registry, or null with the problem reported. */
    Schema named(String option, String name) {
        try {
            return requireRecord(option, name, registry.byName(name));
        } catch (UnknownSchemaException e) {
            problems.accept(option, e.getMessage());
        } catch (UncheckedIOException e) {
            problems.accept("registry", e.getMessage()); // one across the network is first asked here
        }
        return null;
    }

    /** A record of an {@code .avsc} file of any file system that Flink knows, or null with the problem reported. */
    Schema inFile(String option, Reference file) {
        String name = file.written();
        try {
            Path path = new Path(file.resolve());
            try (FSDataInputStream in = path.getFileSystem().open(path)) {
                byte[] json = in.readNBytes(MAX_FILE_BYTES);
                Schema found = new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
                return requireRecord(option, name, found);
            }
        } catch (IOException e) {
            problems.accept(option, "cannot read '" + name + "': " + e.getMessage());
        } catch (AvroRuntimeException e) {
            problems.accept(option, "'" + name + "' is no Avro schema: " + e.getMessage());
        } catch (UnresolvedReferenceException | IllegalArgumentException e) {
            problems.accept(option, e.getMessage());
        }
        return null;
    }

    /** Whether all that is written with one schema can be read as another; if not, the problem is reported. */
    boolean readable(Schema written, Schema read) {
        var pair = SchemaCompatibility.checkReaderWriterCompatibility(read, written);
        if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return true;
        }
        problems.accept(
                "writer",
                written.getFullName() + " cannot be read as " + read.getFullName() + ": "
                        + pair.getResult().getIncompatibilities().stream()
                                .map(one -> one.getType() + " at " + one.getLocation())
                                .collect(Collectors.joining(", ")));
        return false;
    }

    /** Whether Confluent's ids of the schemas can be read from the registry's directory; if not, the problem is reported. */
    boolean numbered(Reference location, Schema read) {
        try {
            RecordDecoder.confluent(new Path(location.resolve()), registry, read)
                    .close();
            return true;
        } catch (UncheckedIOException | IllegalArgumentException e) {
            problems.accept("registry", e.getMessage());
            return false;
        }
    }

    private Schema requireRecord(String option, String name, Schema found) {
        if (found.getType() != Schema.Type.RECORD) {
            problems.accept(option, "'" + name + "' is of type " + found.getType() + ", expected a record");
            return null;
        }
        return found;
    }
}
