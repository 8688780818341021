package io.datamill.step.score;

import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** A small schema with each type that features know, and rows of it. */
final class Rows {
    private static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    private static final Schema HOP = SchemaBuilder.record("Hop")
            .fields()
            .name("at")
            .type(TIME)
            .noDefault()
            .endRecord();

    static final Schema SCHEMA = SchemaBuilder.record("Mail")
            .fields()
            .optionalString("subject")
            .optionalString("from_domain")
            .optionalString("reply_to")
            .optionalDouble("ratio")
            .requiredLong("size")
            .optionalBoolean("first")
            .name("sent_at")
            .type(TIME)
            .noDefault()
            .name("domains")
            .type()
            .array()
            .items()
            .stringType()
            .noDefault()
            .name("hops")
            .type()
            .array()
            .items(HOP)
            .noDefault()
            .endRecord();

    static final Schema HOP_SCHEMA = HOP;

    private Rows() {}

    /** Fields that are not named are null. */
    static Object[] of(Map<String, ?> fields) {
        Object[] values = new Object[SCHEMA.getFields().size()];
        fields.forEach((name, value) -> values[SCHEMA.getField(name).pos()] = value);
        return values;
    }
}
