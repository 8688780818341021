package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** Writes the values of a record's fields by name, compiled from the schema once. Serves one thread. */
public final class JsonFields {
    private final SerializedString[] names;
    private final JsonValue[] values;
    private final int[] positions;

    /** @param without the names of fields that are left out */
    public JsonFields(Schema record, Set<String> without) {
        List<Schema.Field> fields = record.getFields().stream()
                .filter(field -> !without.contains(field.name()))
                .toList();
        names = fields.stream().map(f -> new SerializedString(f.name())).toArray(SerializedString[]::new);
        values = fields.stream().map(f -> JsonValue.of(f.schema())).toArray(JsonValue[]::new);
        positions = fields.stream().mapToInt(Schema.Field::pos).toArray();
    }

    /** @param of the record, by position; the object has been begun */
    public void write(Object[] of, JsonGenerator json) throws IOException {
        for (int i = 0; i < names.length; i++) {
            json.writeFieldName(names[i]);
            values[i].write(of[positions[i]], json);
        }
    }
}
