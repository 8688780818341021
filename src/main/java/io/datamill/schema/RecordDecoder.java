package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads framed records of any registered writer's schema as the reader's schema: fields that were added, renamed by
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

    private record Plan(GenericDatumReader<GenericRecord> reader, String incompatible) {}

    /** A compressed record may inflate to twice what Kinesis takes of one that is not. */
    private static final int MAX_INFLATED = 2 << 20;

    private final SchemaRegistry registry;
    private final Schema readerSchema;
    private final boolean toTheEnd;
    private final GenericData data = new GenericData(); // the shared one may be given conversions by anybody
    private final WireFormat wireFormat = new WireFormat(MAX_INFLATED);
    private final BoundedDecoder input = new BoundedDecoder();
    private final Map<UUID, Plan> plans = new HashMap<>();

    private RecordDecoder(SchemaRegistry registry, Schema readerSchema, boolean toTheEnd) {
        this.registry = registry;
        this.readerSchema = ReaderSchemas.withJavaStrings(readerSchema);
        this.toTheEnd = toTheEnd;
        data.setFastReaderEnabled(true); // half the time and two thirds of the garbage, measured on real mails
    }

    /** Reads whole records; what is left after one is an error. */
    public static RecordDecoder full(SchemaRegistry registry, Schema readerSchema) {
        return new RecordDecoder(registry, readerSchema, true);
    }

    /**
     * Reads some fields, and no further than the last of them: whatever is broken behind it is not seen. Fields that
     * are often peeked should stand at the front of a schema.
     *
     * @throws IllegalArgumentException when {@code readerSchema} has no such field
     */
    public static RecordDecoder peeking(SchemaRegistry registry, Schema readerSchema, Collection<String> fields) {
        return new RecordDecoder(registry, ReaderSchemas.project(readerSchema, fields), false);
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
        Frame frame = wireFormat.decode(framed);
        Plan plan = plans.get(frame.schemaId());
        if (plan == null) {
            plan = plan(frame.schemaId());
        }
        if (plan.incompatible != null) {
            throw new UndecodableException(Reason.INCOMPATIBLE_SCHEMA, plan.incompatible);
        }
        input.reset(frame.bytes(), frame.offset(), frame.length());
        GenericRecord record = read(plan.reader, reuse, frame);
        if (toTheEnd && input.remaining() > 0) {
            throw new UndecodableException(
                    Reason.TRAILING_BYTES,
                    input.remaining() + " bytes are left after the record, of a payload of " + frame.length()
                            + written(frame));
        }
        return new Decoded(frame.schemaId(), record);
    }

    @Override
    public void close() {
        wireFormat.close();
    }

    private GenericRecord read(GenericDatumReader<GenericRecord> reader, GenericRecord reuse, Frame frame)
            throws UndecodableException {
        try {
            return reader.read(reuse, input);
        } catch (BadInput e) {
            throw new UndecodableException(e.reason(), e.getMessage() + written(frame), e);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            // Avro looks union branches and enum symbols up without a check of their number.
            throw new UndecodableException(Reason.MALFORMED, e.getMessage() + written(frame), e);
        } catch (StackOverflowError e) {
            throw new UndecodableException(Reason.TOO_LARGE, "nested too deep" + written(frame), e);
        }
    }

    private Plan plan(UUID schemaId) throws UndecodableException {
        Schema writer;
        try {
            writer = registry.byId(schemaId);
        } catch (UnknownSchemaException e) {
            throw new UndecodableException(Reason.UNKNOWN_SCHEMA, e.getMessage(), e);
        }
        Plan plan = plan(writer);
        plans.put(schemaId, plan);
        return plan;
    }

    private Plan plan(Schema writer) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(readerSchema, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return new Plan(
                    null,
                    "written as " + writer.getFullName() + ", which cannot be read as " + readerSchema.getFullName()
                            + ": " + pair.getResult().getIncompatibilities());
        }
        Schema read = toTheEnd ? writer : ReaderSchemas.prefixFor(writer, readerSchema);
        return new Plan(new GenericDatumReader<>(read, readerSchema, data), null);
    }

    private static String written(Frame frame) {
        return ", written with schema " + frame.schemaId();
    }
}
