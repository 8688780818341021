package io.datamill.schema;

import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes Avro object containers that hold one datum each, not compressed. The same datum gives the same bytes: the sync
 * marker is no random number. Not safe for use by several threads.
 */
public final class ContainerEncoder {
    private final DatumEncoder datums;
    private final ContainerFrame frame;

    public ContainerEncoder(Schema schema) {
        this.datums = new DatumEncoder(schema);
        this.frame = new ContainerFrame(schema.toString().getBytes(StandardCharsets.UTF_8), new byte[Container.SYNC]);
    }

    /** @throws org.apache.avro.AvroRuntimeException when the record does not fit the schema */
    public byte[] encode(GenericRecord record) {
        byte[] datum = datums.encode(record);
        return frame.around(datum, 0, datum.length);
    }
}
