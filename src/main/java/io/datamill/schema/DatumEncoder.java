package io.datamill.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Writes bare datums of one schema. Not safe for use by several threads. */
public final class DatumEncoder {
    private final GenericDatumWriter<GenericRecord> writer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
    private BinaryEncoder encoder;

    public DatumEncoder(Schema schema) {
        this.writer = new GenericDatumWriter<>(schema, new GenericData());
    }

    /** @throws org.apache.avro.AvroRuntimeException when the record does not fit the schema */
    public byte[] encode(GenericRecord record) {
        out.reset();
        encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
        try {
            writer.write(record, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
