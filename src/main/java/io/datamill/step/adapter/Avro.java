package io.datamill.step.adapter;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.RejectedEventException;
import io.datamill.event.SourceRecord;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.RecordDecoder;
import io.datamill.schema.RegistryLocation;
import io.datamill.schema.SchemaRegistry;
import io.datamill.schema.UndecodableException;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.Path;

/** Avro, one datum in each record, of any writer's schema that is known, read as one schema. */
public final class Avro implements Adapter {
    private static final long serialVersionUID = 1L;

    /** How a datum stands in a record. */
    public enum Format {
        /** Behind AWS Glue's header with the id of a registered schema: {@link io.datamill.schema.WireFormat}. */
        REGISTRY,
        /** Behind Confluent's header with its id of a schema. */
        CONFLUENT,
        /** The record is an Avro object container, with any number of datums: {@link AvroContainer}. */
        CONTAINER,
        /** The record is the datum. */
        BARE
    }

    /** How datums stand in records, and what to read them as. */
    @VerbDoc(
            purpose =
                    "Reads Avro. Fields that the reader's schema added, renamed by alias or widened are resolved as the"
                            + " Avro specification says; lengths that a record states are never allocated unchecked.",
            signature = "record → the fields of the reader's schema",
            errors = "TOO_SHORT, WRONG_HEADER, UNKNOWN_COMPRESSION, CORRUPT_COMPRESSION, UNKNOWN_SCHEMA,"
                    + " INCOMPATIBLE_SCHEMA, TRUNCATED, TRAILING_BYTES, MALFORMED (also a string that is no UTF-8) and"
                    + " TOO_LARGE reject the record; a container is rejected as a whole.",
            example = """
                    adapter: { avro: { framing: bare, file: "${env:EXAMPLE_DIR}/user.avsc" } }
                    files:
                      user.avsc: '{"type": "record", "name": "User", "fields": [
                        {"name": "name", "type": "string"}, {"name": "age", "type": ["null", "int"]}]}'
                    input: "base64:BkFkYQJI"
                    output: [{ name: Ada, age: 36 }]
                    """)
    public record Config(
            @OptionDoc(
                    value = "How a datum stands in its record. registry: behind the header of AWS Glue's clients, a"
                            + " byte 3, a compression byte and the schema's UUID. confluent: behind a byte 0 and"
                            + " the schema's id of 4 bytes; beside NAME.avsc a file NAME.id holds that number."
                            + " container: the record is an Avro object container of any codec, whose datums are"
                            + " one event each, at most 100,000 and 16 MiB inflated. bare: the record is the"
                            + " datum.",
                    otherwise = "registry")
            Format framing,

            @OptionDoc(
                    value = "The registry with the schemas: a directory of NAME.avsc files, http://host:port of"
                            + " `datamill registry serve`, or glue://region/registry-name; docs/registry.md. Required"
                            + " by registry and by confluent, which takes a directory.",
                    otherwise = "none, where file is given")
            Reference registry,

            @OptionDoc(
                    value = "The name of the reader's schema in the registry, a record: subject and version, such as"
                            + " email-metadata-v4. Outside a directory a subject alone is the latest version when"
                            + " the pipeline is planned.",
                    otherwise = "none, where file is given")
            String schema,

            @OptionDoc(
                    value = "The path of an .avsc file with the reader's schema, in place of registry and schema; for"
                            + " container and bare. It is read when the pipeline is planned.",
                    otherwise = "none, where registry is given")
            Reference file,

            @OptionDoc(
                    value = "bare only: the schema that the records were written with, its name in the registry or,"
                            + " with file, the path of an .avsc file.",
                    otherwise = "the reader's schema")
            Reference writer)
            implements AdapterConfig {
        public Config {
            framing = framing == null ? Format.REGISTRY : framing;
            boolean byFile = framing == Format.CONTAINER || framing == Format.BARE;
            if (file != null && !byFile) {
                throw new IllegalArgumentException("file is for framing: container and bare; give registry and schema");
            }
            if (file != null && (registry != null || schema != null)) {
                throw new IllegalArgumentException("file stands in place of registry and schema; give one of the two");
            }
            if (file == null && registry == null) {
                throw new IllegalArgumentException("registry is missing; give the directory with the schemas"
                        + (byFile ? ", or file, the path of an .avsc file" : ""));
            }
            if (file == null && (schema == null || schema.isBlank())) {
                throw new IllegalArgumentException("schema is missing; give the name of one in the registry");
            }
            if (writer != null && framing != Format.BARE) {
                throw new IllegalArgumentException("writer is for framing: bare; elsewhere the record says it");
            }
        }

        /** Behind the registry's header. */
        public Config(Reference registry, String schema) {
            this(Format.REGISTRY, registry, schema, null, null);
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            AvroSchemas schemas = AvroSchemas.open(registry, problems);
            if (schemas == null) {
                return null;
            }
            Schema read = file == null ? schemas.named("schema", schema) : schemas.inFile("file", file);
            Schema written = read;
            if (writer != null) {
                written = file == null ? schemas.named("writer", writer.written()) : schemas.inFile("writer", writer);
            }
            if (read == null || written == null) {
                return null;
            }
            read = ReaderSchemas.withJavaStrings(read);
            return switch (framing) {
                case CONTAINER -> new AvroContainer(read);
                case BARE -> schemas.readable(written, read) ? new Avro(framing, null, read, written) : null;
                case CONFLUENT -> schemas.numbered(registry, read) ? new Avro(framing, registry, read, null) : null;
                case REGISTRY -> new Avro(framing, registry, read, null);
            };
        }
    }

    private final Format framing;
    private final Reference registry;
    private final Schema schema;
    private final Schema writer;
    private final Schema peeked;
    private transient RecordDecoder decoder;
    private transient GenericRecord reused;

    private Avro(Format framing, Reference registry, Schema schema, Schema writer) {
        this(framing, registry, schema, writer, null);
    }

    /** @param peeked what is read of it; null for all */
    private Avro(Format framing, Reference registry, Schema schema, Schema writer, Schema peeked) {
        this.framing = framing;
        this.registry = registry;
        this.schema = schema;
        this.writer = writer;
        this.peeked = peeked;
    }

    @Override
    public Schema schema() {
        return peeked == null ? schema : peeked;
    }

    @Override
    public Adapter projected(Collection<String> fields) {
        return new Avro(framing, registry, schema, writer, ReaderSchemas.project(schema, fields));
    }

    @Override
    public void open() {
        RecordDecoder full = opened();
        decoder = peeked == null
                ? full
                : full.peeking(
                        peeked.getFields().stream().map(Schema.Field::name).toList());
    }

    private RecordDecoder opened() {
        if (framing == Format.BARE) {
            return RecordDecoder.bare(writer, schema);
        }
        String uri = registry.resolve();
        SchemaRegistry opened = new RegistryLocation(uri).open();
        return framing == Format.CONFLUENT
                ? RecordDecoder.confluent(new Path(uri), opened, schema)
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
        return switch (framing) {
            case REGISTRY -> Framing.AVRO_CONTAINER;
            case BARE -> Framing.AVRO_DATUMS;
            default -> Framing.WHOLE; // No file says which id Confluent's registry gave its schema.
        };
    }

    @Override
    public void read(SourceRecord record, Output out) throws RejectedEventException {
        RecordDecoder.Decoded decoded;
        try {
            decoded = decoder.decode(record.data(), reused);
        } catch (UndecodableException e) {
            throw new RejectedEventException(e.reason().name(), e.getMessage());
        }
        GenericRecord read = decoded.record();
        if (peeked != null) {
            reused = read; // Its fields are taken out below; nobody keeps the record itself.
        }
        out.event(values(read), decoded.schemaId(), record.data());
    }

    /** By position, as an event holds them. */
    static Object[] values(GenericRecord read) {
        Object[] values = new Object[read.getSchema().getFields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = read.get(i);
        }
        return values;
    }
}
