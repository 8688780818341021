package io.datamill.sensor;

import java.io.File;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * An Avro object container file of plain records. The frame of the stream is left out on purpose: such a file holds its
 * schema, so that every Avro tool opens it without our registry.
 */
public final class AvroFileOutput implements EmailOutput {
    private final Schema schema;
    private final DataFileWriter<GenericRecord> writer;
    private long written;

    public AvroFileOutput(File file, Schema schema, boolean compress) throws IOException {
        this.schema = schema;
        this.writer = new DataFileWriter<>(new GenericDatumWriter<>(schema, new GenericData()));
        if (compress) {
            writer.setCodec(CodecFactory.deflateCodec(6));
        }
        writer.create(schema, file);
    }

    @Override
    public void write(GenericRecord newest) throws IOException {
        writer.append(EmailVersions.as(newest, schema));
        written++;
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
