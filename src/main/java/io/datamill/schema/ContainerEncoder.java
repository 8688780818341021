package io.datamill.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes Avro object containers that hold one datum each, not compressed. The same datum gives the same bytes: the sync
 * marker is no random number. Not safe for use by several threads.
 */
public final class ContainerEncoder {
    private final DatumEncoder datums;
    private final byte[] header;
    private final byte[] sync;

    public ContainerEncoder(Schema schema) {
        this(schema, schema.toString().getBytes(StandardCharsets.UTF_8), new byte[Container.SYNC]);
    }

    /** @param json the schema as it shall stand in the header; {@code schema} may be null where no records are given */
    ContainerEncoder(Schema schema, byte[] json, byte[] sync) {
        this.datums = schema == null ? null : new DatumEncoder(schema);
        this.sync = sync.clone();
        this.header = written(out -> {
            out.writeFixed(Container.MAGIC);
            out.writeLong(1);
            out.writeString("avro.schema");
            out.writeBytes(json);
            out.writeLong(0);
            out.writeFixed(sync);
        });
    }

    /** @throws org.apache.avro.AvroRuntimeException when the record does not fit the schema */
    public byte[] encode(GenericRecord record) {
        byte[] datum = datums.encode(record);
        return encode(datum, 0, datum.length);
    }

    byte[] encode(byte[] datum, int offset, int length) {
        byte[] block = written(out -> {
            out.writeLong(1);
            out.writeLong(length);
            out.writeFixed(datum, offset, length);
            out.writeFixed(sync);
        });
        byte[] container = Arrays.copyOf(header, header.length + block.length);
        System.arraycopy(block, 0, container, header.length, block.length);
        return container;
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writing.to(EncoderFactory.get().directBinaryEncoder(out, null));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
