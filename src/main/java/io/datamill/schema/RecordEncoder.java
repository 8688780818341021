package io.datamill.schema;

import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Writes framed records of one schema. Not safe for use by several threads. */
public final class RecordEncoder {
    private final UUID schemaId;
    private final boolean compress;
    private final DatumEncoder payload;

    /** @param schemaId what the registry gave for {@code schema} */
    public RecordEncoder(UUID schemaId, Schema schema, boolean compress) {
        this.schemaId = schemaId;
        this.compress = compress;
        this.payload = new DatumEncoder(schema);
    }

    /** @throws org.apache.avro.AvroRuntimeException when the record does not fit the schema */
    public byte[] encode(GenericRecord record) {
        byte[] bytes = payload.encode(record);
        return compress ? WireFormat.encodeCompressed(schemaId, bytes) : WireFormat.encode(schemaId, bytes);
    }
}
