package io.datamill.schema;

import io.datamill.schema.UndecodableException.Reason;
import java.io.IOException;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaCompatibility.SchemaPairCompatibility;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/** What is worked out once for one writer's schema: how its datums are read as the reader's. */
final class WriterPlan {
    private final UUID writer;
    private final GenericDatumReader<GenericRecord> reader;
    private final String incompatible;

    private WriterPlan(UUID writer, GenericDatumReader<GenericRecord> reader, String incompatible) {
        this.writer = writer;
        this.reader = reader;
        this.incompatible = incompatible;
    }

    /** @param toTheEnd whether a datum is read to its end, and not only as far as the reader takes anything from it */
    static WriterPlan of(UUID id, Schema writer, Schema reader, boolean toTheEnd, GenericData data) {
        SchemaPairCompatibility pair = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
            return new WriterPlan(
                    id,
                    null,
                    "written as " + writer.getFullName() + ", which cannot be read as " + reader.getFullName() + ": "
                            + pair.getResult().getIncompatibilities());
        }
        Schema read = toTheEnd ? writer : ReaderSchemas.prefixFor(writer, reader);
        return new WriterPlan(id, new GenericDatumReader<>(read, reader, data), null);
    }

    /** For decoding records whose fields are taken out at once; see {@link RecordDecoder}. */
    static GenericData fastData() {
        GenericData data = new GenericData(); // the shared one may be given conversions by anybody
        data.setFastReaderEnabled(true); // half the time and two thirds of the garbage, measured on real mails
        return data;
    }

    UUID writer() {
        return writer;
    }

    void requireCompatible() throws UndecodableException {
        if (incompatible != null) {
            throw new UndecodableException(Reason.INCOMPATIBLE_SCHEMA, incompatible);
        }
    }

    GenericRecord read(GenericRecord reuse, BoundedDecoder input) throws UndecodableException {
        try {
            return reader.read(reuse, input);
        } catch (BadInput e) {
            throw new UndecodableException(e.reason(), e.getMessage() + written(), e);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            // Avro looks union branches and enum symbols up without a check of their number.
            throw new UndecodableException(Reason.MALFORMED, e.getMessage() + written(), e);
        } catch (StackOverflowError e) {
            throw new UndecodableException(Reason.TOO_LARGE, "nested too deep" + written(), e);
        }
    }

    String written() {
        return ", written with schema " + writer;
    }
}
