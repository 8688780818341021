package io.datamill.cli.explain;

import io.datamill.schema.TypeText;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** What a step does to the fields. */
final class SchemaChange {
    private SchemaChange() {}

    /** One line for each field that came ({@code +}), went ({@code -}) or is of another type ({@code ~}). */
    static List<String> between(Schema before, Schema after) {
        List<String> lines = new ArrayList<>();
        for (Schema.Field field : before.getFields()) {
            Schema.Field kept = after.getField(field.name());
            if (kept == null) {
                lines.add("- " + field.name());
            } else if (!kept.schema().equals(field.schema())) {
                lines.add("~ " + field.name() + ": " + TypeText.of(field.schema()) + " → " + TypeText.of(kept.schema()));
            }
        }
        for (Schema.Field field : after.getFields()) {
            if (before.getField(field.name()) == null) {
                lines.add("+ " + text(field));
            }
        }
        return lines;
    }

    /** One line for each field. */
    static List<String> all(Schema schema) {
        return schema.getFields().stream().map(field -> "  " + text(field)).toList();
    }

    private static String text(Schema.Field field) {
        return field.name() + ": " + TypeText.of(field.schema());
    }
}
