package io.datamill.step.adapter.line;

import io.datamill.schema.Fields;
import io.datamill.schema.TypeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Fields of single values as the YAML has them: name, type, name, type. */
final class FieldsText {
    private FieldsText() {}

    static Fields of(String... namesAndTypes) {
        List<Schema.Field> fields = new ArrayList<>();
        Map<String, String> formats = new HashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            String type = namesAndTypes[i + 1];
            int bracket = type.indexOf('[');
            if (bracket > 0) {
                formats.put(namesAndTypes[i], type.substring(bracket + 1, type.lastIndexOf(']')));
                type = type.substring(0, bracket) + type.substring(type.lastIndexOf(']') + 1);
            }
            fields.add(new Schema.Field(namesAndTypes[i], TypeText.parse(type)));
        }
        return new Fields(Schema.createRecord("Event", null, "io.datamill.fields", false, fields), formats);
    }
}
