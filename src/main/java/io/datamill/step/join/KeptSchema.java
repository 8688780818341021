package io.datamill.step.join;

import java.util.List;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;

/** The schema that waiting events are kept with. */
final class KeptSchema {
    private KeptSchema() {}

    /** The same, whose nullable fields are null where an older release had them not: so fields can be added. */
    static Schema of(Schema record) {
        List<Schema.Field> fields =
                record.getFields().stream().map(KeptSchema::optional).toList();
        return Schema.createRecord(record.getName(), null, record.getNamespace(), false, fields);
    }

    private static Schema.Field optional(Schema.Field field) {
        Schema schema = field.schema();
        boolean nullFirst =
                schema.isUnion() && schema.getTypes().get(0).getType() == Schema.Type.NULL;
        return nullFirst
                ? new Schema.Field(field.name(), schema, null, JsonProperties.NULL_VALUE)
                : new Schema.Field(field.name(), schema);
    }
}
