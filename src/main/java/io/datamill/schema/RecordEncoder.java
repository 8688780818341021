package io.datamill.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes framed records of one schema. Not safe for use by several threads. */
public final class RecordEncoder {
    private final UUID schemaId;
    private final boolean compress;
    private final GenericDatumWriter<GenericRecord> writer;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream(2048);
    private BinaryEncoder encoder;

    /** @param schemaId what the registry gave for {@code schema} */
    public RecordEncoder(UUID schemaId, Schema schema, boolean compress) {
        this.schemaId = schemaId;
        this.compress = compress;
        this.writer = new GenericDatumWriter<>(schema, new GenericData());
    }

    /** @throws org.apache.avro.AvroRuntimeException when the record does not fit the schema */
    public byte[] encode(GenericRecord record) {
        payload.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(payload, encoder);
        try {
            writer.write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        byte[] bytes = payload.toByteArray();
        return compress ? WireFormat.encodeCompressed(schemaId, bytes) : WireFormat.encode(schemaId, bytes);
    }
}
