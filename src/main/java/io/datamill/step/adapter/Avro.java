package io.datamill.step.adapter;

import io.datamill.config.Reference;
import io.datamill.config.Reference.UnresolvedReferenceException;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.RecordDecoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaRegistry;
import io.datamill.schema.UndecodableException;
import io.datamill.schema.UnknownSchemaException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Framed Avro of any registered writer's schema, read as one schema of the registry; see {@link
 * io.datamill.schema.WireFormat}.
 */
public final class Avro implements Adapter {
    private static final long serialVersionUID = 1L;

    /**
     * Where the schemas are and which of them to read as.
     *
     * @param registry where the schemas are, as {@link RegistryLocation} has it
     * @param schema the name of the reader's schema there, such as {@code email-metadata-v4}; across the network a name
     *     without version is the latest when the pipeline is planned
     */
    public record Config(Reference registry, String schema) implements AdapterConfig {
        public Config {
            if (registry == null) {
                throw new IllegalArgumentException("registry is missing; give the directory with the schemas");
            }
            if (schema == null || schema.isBlank()) {
                throw new IllegalArgumentException("schema is missing; give the name of one in the registry");
            }
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            SchemaRegistry opened;
            try {
                opened = new RegistryLocation(registry.resolve()).open();
            } catch (UnresolvedReferenceException | UncheckedIOException | IllegalArgumentException e) {
                problems.accept("registry", e.getMessage());
                return null;
            }
            try {
                Schema found = opened.byName(schema);
                if (found.getType() == Schema.Type.RECORD) {
                    return new Avro(registry, ReaderSchemas.withJavaStrings(found), false);
                }
                problems.accept("schema", "'" + schema + "' is of type " + found.getType() + ", expected a record");
            } catch (UnknownSchemaException e) {
                problems.accept("schema", e.getMessage());
            } catch (UncheckedIOException e) {
                problems.accept("registry", e.getMessage());
            }
            return null;
        }
    }

    private final Reference registry;
    private final Schema schema;
    private final boolean peeking;
    private transient RecordDecoder decoder;
    private transient GenericRecord peeked;

    private Avro(Reference registry, Schema schema, boolean peeking) {
        this.registry = registry;
        this.schema = schema;
        this.peeking = peeking;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Adapter projected(Collection<String> fields) {
        return new Avro(registry, ReaderSchemas.project(schema, fields), true);
    }

    @Override
    public void open() {
        SchemaRegistry opened = new RegistryLocation(registry.resolve()).open();
        decoder = peeking
                ? RecordDecoder.peeking(
                        opened,
                        schema,
                        schema.getFields().stream().map(Schema.Field::name).toList())
                : RecordDecoder.full(opened, schema);
    }

    @Override
    public void close() {
        if (decoder != null) {
            decoder.close();
        }
    }

    @Override
    public boolean peekable() {
        return true;
    }

    @Override
    public Framing framing() {
        return Framing.AVRO_CONTAINER;
    }

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        RecordDecoder.Decoded decoded;
        try {
            decoded = decoder.decode(record.data(), peeked);
        } catch (UndecodableException e) {
            throw new RejectedEventException(e.reason().name(), e.getMessage());
        }
        GenericRecord read = decoded.record();
        if (peeking) {
            peeked = read; // Its fields are taken out below; nobody keeps the record itself.
        }
        Object[] values = new Object[schema.getFields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read.get(i);
        }
        out.event(values, decoded.schemaId(), record.data());
    }
}
