package io.datamill.sink.render;

import io.datamill.config.Suggestion;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The place of a possibly nested field, such as {@code trust.score}, in events of one schema.
 *
 * @param schema of the value at that place, where there is one: never a union
 */
@SuppressWarnings("ArrayRecordComponent") // Positions, read for each event.
public record FieldPath(String path, int[] positions, Schema schema) implements Serializable {

    /** @throws IllegalArgumentException with the nearest name if there is no such field */
    public static FieldPath of(String path, Schema outcome) {
        String[] names = path.split("\\.", -1);
        int[] positions = new int[names.length];
        Schema schema = outcome;
        for (int i = 0; i < names.length; i++) {
            Schema.Field field = schema.getType() == Schema.Type.RECORD ? schema.getField(names[i]) : null;
            if (field == null) {
                throw new IllegalArgumentException("no field '" + path + "'" + suggestion(names, i, schema));
            }
            positions[i] = field.pos();
            schema = JsonValue.nonNull(field.schema());
        }
        return new FieldPath(path, positions, schema);
    }

    /** Null where the value or a record around it is. */
    public Object in(Object[] values) {
        Object value = values[positions[0]];
        for (int i = 1; i < positions.length && value != null; i++) {
            value = ((IndexedRecord) value).get(positions[i]);
        }
        return value;
    }

    /** The whole path of the field that is near, as it has to be written. */
    private static String suggestion(String[] names, int at, Schema record) {
        if (record.getType() != Schema.Type.RECORD) {
            return "";
        }
        String before = String.join(".", Arrays.asList(names).subList(0, at)) + (at == 0 ? "" : ".");
        return Suggestion.nearest(
                        names[at],
                        record.getFields().stream().map(Schema.Field::name).toList())
                .map(near -> "; did you mean '" + before + near + "'?")
                .orElse("");
    }
}
