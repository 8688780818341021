package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.Path;

/**
 * Reads records of any writer's schema that is known as the reader's schema: fields that were added, renamed by
 * alias, promoted or widened are resolved as the Avro specification says. What is needed for a writer's schema is
 * worked out once and kept.
 *
 * <p>Strings come as {@link String}, logical types as the plain {@code long} or {@code int} below them. Not safe for
 * use by several threads. A transient failure of the registry comes as its own exception, so that it is tried again and
 * the event is not rejected.
 */
public final class RecordDecoder implements AutoCloseable {
    /** What was read, and the schema that it was written with. */
    public record Decoded(UUID schemaId, GenericRecord record) {}

    /** A compressed record may inflate to twice what Kinesis takes of one that is not. */
    private static final int MAX_INFLATED = 2 << 20;

    private final Envelope envelope;
    private final SchemaRegistry registry;
    private final Schema readerSchema;
    private final boolean toTheEnd;
    private final GenericData data = WriterPlan.fastData();
    private final BoundedDecoder input = new BoundedDecoder();
    private final Map<UUID, WriterPlan> plans = new HashMap<>();

    private RecordDecoder(Envelope envelope, SchemaRegistry registry, Schema readerSchema, boolean toTheEnd) {
        this.envelope = envelope;
        this.registry = registry;
        this.readerSchema = ReaderSchemas.withJavaStrings(readerSchema);
        this.toTheEnd = toTheEnd;
    }

    /** Reads whole records in the {@link WireFormat}; what is left after one is an error. */
    public static RecordDecoder full(SchemaRegistry registry, Schema readerSchema) {
        return new RecordDecoder(new WireFormat(MAX_INFLATED), registry, readerSchema, true);
    }

    /**
     * Reads some fields, and no further than the last of them: whatever is broken behind it is not seen. Fields that
     * are often peeked should stand at the front of a schema.
     *
     * @throws IllegalArgumentException when {@code readerSchema} has no such field
     */
    public static RecordDecoder peeking(SchemaRegistry registry, Schema readerSchema, Collection<String> fields) {
        return full(registry, readerSchema).peeking(fields);
    }

    /**
     * Reads whole records in Confluent's wire format.
     *
     * @param directory whose files {@code NAME.id} say which schema has which id; see {@link ConfluentIds}
     * @throws java.io.UncheckedIOException when the directory cannot be read
     * @throws IllegalArgumentException when an id cannot be
     */
    public static RecordDecoder confluent(Path directory, SchemaRegistry registry, Schema readerSchema) {
        ConfluentIds ids = new ConfluentIds(directory, registry, System::nanoTime);
        return new RecordDecoder(new ConfluentFormat(ids), registry, readerSchema, true);
    }

    /** Reads whole records that stand without any envelope, all written with {@code writerSchema}. */
    public static RecordDecoder bare(Schema writerSchema, Schema readerSchema) {
        UUID id = SchemaIds.of(writerSchema);
        return new RecordDecoder(new BareFormat(id), new OneSchema(writerSchema), readerSchema, true);
    }

    /** The same for some fields; see {@link #peeking(SchemaRegistry, Schema, Collection)}. */
    public RecordDecoder peeking(Collection<String> fields) {
        return new RecordDecoder(envelope, registry, ReaderSchemas.project(readerSchema, fields), false);
    }

    /** The schema of what is read: its strings are marked as {@link String}. */
    public Schema readerSchema() {
        return readerSchema;
    }

    /**
     * @param reuse overwritten and returned when not null; must be a record that this decoder gave
     * @throws UndecodableException when the bytes are not such a record
     */
    public Decoded decode(byte[] framed, GenericRecord reuse) throws UndecodableException {
        Frame frame = envelope.decode(framed);
        WriterPlan plan = plans.get(frame.schemaId());
        if (plan == null) {
            plan = plan(frame.schemaId());
        }
        plan.requireCompatible();
        input.reset(frame.bytes(), frame.offset(), frame.length());
        GenericRecord record = plan.read(reuse, input);
        if (toTheEnd && input.remaining() > 0) {
            throw new UndecodableException(
                    Reason.TRAILING_BYTES,
                    input.remaining() + " bytes are left after the record, of a payload of " + frame.length()
                            + plan.written());
        }
        return new Decoded(frame.schemaId(), record);
    }

    @Override
    public void close() {
        envelope.close();
    }

    private WriterPlan plan(UUID schemaId) throws UndecodableException {
        Schema writer;
        try {
            writer = registry.byId(schemaId);
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
        }
        WriterPlan plan = WriterPlan.of(schemaId, writer, readerSchema, toTheEnd, data);
        plans.put(schemaId, plan);
        return plan;
    }
}
