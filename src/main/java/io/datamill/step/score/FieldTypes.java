package io.datamill.step.score;

import java.util.EnumSet;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The types that features ask of their fields; each may be nullable. */
final class FieldTypes {
    private static final Set<Schema.Type> NUMBERS =
            EnumSet.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);

    private FieldTypes() {}

    static FieldPath number(Schema record, String path) {
        // A time or a decimal is no plain number: it would tie the model to the days of its training.
        return FieldPath.to(
                record,
                path,
                "a plain number",
                schema -> NUMBERS.contains(schema.getType()) && schema.getLogicalType() == null);
    }

    static FieldPath truth(Schema record, String path) {
        return FieldPath.to(record, path, "a boolean", schema -> schema.getType() == Schema.Type.BOOLEAN);
    }

    static FieldPath text(Schema record, String path) {
        return FieldPath.to(record, path, "a string", FieldTypes::isText);
    }

    static FieldPath textOrList(Schema record, String path) {
        return FieldPath.to(
                record,
                path,
                "a string or an array",
                schema -> isText(schema) || schema.getType() == Schema.Type.ARRAY);
    }

    static FieldPath list(Schema record, String path) {
        return FieldPath.to(
                record,
                path,
                "an array of strings",
                schema -> schema.getType() == Schema.Type.ARRAY && isText(schema.getElementType()));
    }

    static FieldPath textOrTexts(Schema record, String path) {
        return FieldPath.to(
                record,
                path,
                "a string or an array of strings",
                schema -> isText(schema) || (schema.getType() == Schema.Type.ARRAY && isText(schema.getElementType())));
    }

    /** The schema of a list's records. */
    static Schema elements(Schema record, String path) {
        Schema[] element = new Schema[1];
        FieldPath.to(record, path, "an array of records", schema -> {
            element[0] = schema.getType() == Schema.Type.ARRAY ? schema.getElementType() : schema;
            return schema.getType() == Schema.Type.ARRAY && element[0].getType() == Schema.Type.RECORD;
        });
        return element[0];
    }

    static FieldPath time(Schema record, String path) {
        return FieldPath.to(
                record,
                path,
                "a timestamp-millis",
                schema -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis);
    }

    private static boolean isText(Schema schema) {
        return schema.getType() == Schema.Type.STRING;
    }
}
