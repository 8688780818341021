package io.datamill.schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** What stands around a datum that is alone in a container, not compressed. */
final class ContainerFrame {
    private final byte[] header;
    private final byte[] sync;

    /** @param json the schema as it shall stand in the header */
    ContainerFrame(byte[] json, byte[] sync) {
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

    byte[] around(byte[] datum, int offset, int length) {
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
