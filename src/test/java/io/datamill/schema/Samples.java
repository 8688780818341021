package io.datamill.schema;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** A schema with a field of every kind, and a record of it. */
final class Samples {
    static final Schema SCHEMA = new Schema.Parser().parse("""
                    {"type": "record", "name": "A", "fields": [
                      {"name": "id", "type": "string"},
                      {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                      {"name": "note", "type": ["null", "string"]},
                      {"name": "tags", "type": {"type": "array", "items": "string"}},
                      {"name": "nothings", "type": {"type": "array", "items": "null"}},
                      {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["X", "Y"]}},
                      {"name": "raw", "type": "bytes"},
                      {"name": "sum", "type": "double"},
                      {"name": "counts", "type": {"type": "map", "values": "long"}},
                      {"name": "yes", "type": "boolean"}]}""");

    private Samples() {}

    static GenericRecord record(String recordId) {
        Schema kind = SCHEMA.getField("kind").schema();
        return new GenericRecordBuilder(SCHEMA)
                .set("id", recordId)
                .set("at", 1_700_000_000_000L)
                .set("note", null)
                .set("tags", List.of("a", "ü"))
                .set("nothings", List.of())
                .set("kind", new GenericData.EnumSymbol(kind, "Y"))
                .set("raw", java.nio.ByteBuffer.wrap(new byte[] {1, 2}))
                .set("sum", 0.1)
                .set("counts", java.util.Map.of("c", 3L))
                .set("yes", true)
                .build();
    }
}
