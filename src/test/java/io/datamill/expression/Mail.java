package io.datamill.expression;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** A record with a field of each kind, and values for it. */
final class Mail {
    static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "Mail", "fields": [
              {"name": "subject", "type": ["null", "string"]},
              {"name": "size", "type": "long"},
              {"name": "attachments", "type": ["null", "int"]},
              {"name": "received", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "sent", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "domains", "type": {"type": "array", "items": "string"}},
              {"name": "hops", "type": {"type": "array", "items": {"type": "record", "name": "Hop", "fields": [
                {"name": "ip", "type": ["null", "string"]},
                {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]}]}}},
              {"name": "geo", "type": {"type": "record", "name": "Geo", "fields": [
                {"name": "country", "type": ["null", "string"]},
                {"name": "database", "type": "string"}]}},
              {"name": "ratio", "type": "double"},
              {"name": "near", "type": ["null", {"type": "record", "name": "Near", "fields": [
                {"name": "score", "type": "double"}]}]},
              {"name": "spare", "type": "float"}]}
            """);

    static final Object[] VALUES = {
        "Hello",
        2048L,
        3,
        1_700_000_060_000L,
        1_700_000_000_000L,
        List.of("a.example", "b.example"),
        hops(),
        geo("DE"),
        0.25,
        null,
        0.5f
    };

    private Mail() {}

    private static GenericData.Record geo(String country) {
        GenericData.Record geo = new GenericData.Record(SCHEMA.getField("geo").schema());
        geo.put("country", country);
        geo.put("database", "city 1");
        return geo;
    }

    private static List<GenericData.Record> hops() {
        Schema hop = SCHEMA.getField("hops").schema().getElementType();
        GenericData.Record first = new GenericData.Record(hop);
        first.put("ip", "10.0.0.1");
        return List.of(first, new GenericData.Record(hop));
    }
}
