package io.datamill.step.adapter.table;

import io.datamill.config.Suggestion;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.Fields;
import io.datamill.step.adapter.TextReason;
import io.datamill.step.adapter.TextValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** Fills the fields of an event from a row: the converter of each, and where in a row it stands. */
final class Columns {
    private static final int ABSENT = -1;

    private final TableFormat format;
    private final Column[] columns;
    private final int width;
    private int[] positions;
    private String[] header;

    /** One field. */
    private record Column(String field, String name, boolean nullable, boolean isText, TextValue value) {}

    /**
     * @param schema the format's columns or some of them
     * @param problems takes the path of the option and the message
     */
    Columns(TableFormat format, Schema schema, BiConsumer<String, String> problems) {
        Fields all = format.columns();
        this.format = format;
        this.columns = schema.getFields().stream()
                .map(field -> column(field, all, problems))
                .toArray(Column[]::new);
        this.width = all.schema().getFields().size();
        this.positions = schema.getFields().stream()
                .mapToInt(field -> all.schema().getField(field.name()).pos())
                .toArray();
    }

    /** Reports the names of {@code names} that are no fields. */
    static void check(TableFormat format, BiConsumer<String, String> problems) {
        List<String> known = format.columns().schema().getFields().stream()
                .map(Schema.Field::name)
                .toList();
        for (String name : format.names().keySet()) {
            if (!known.contains(name)) {
                problems.accept("names." + name, "no column '" + name + "'" + Suggestion.among(name, known));
            }
        }
    }

    private Column column(Schema.Field field, Fields all, BiConsumer<String, String> problems) {
        TextValue value = null;
        try {
            value = TextValue.of(field.name(), field.schema(), all.formats().get(field.name()));
        } catch (IllegalArgumentException e) {
            problems.accept("columns." + field.name(), e.getMessage());
        }
        boolean nullable = field.schema().isNullable();
        boolean isText = field.schema().getType() == Schema.Type.STRING;
        return new Column(
                field.name(), format.names().getOrDefault(field.name(), field.name()), nullable, isText, value);
    }

    int size() {
        return columns.length;
    }

    /** Takes a header: the rows that follow have its columns. */
    void header(Row row) throws RejectedEventException {
        if (Arrays.equals(header, row.fields())) {
            return; // As in the record before, which is what most streams have.
        }
        header = null;
        Map<String, Integer> found = new HashMap<>();
        for (int i = 0; i < row.fields().length; i++) {
            String name = row.fields()[i];
            if (found.put(name, i) != null && !name.isEmpty()) {
                throw TextReason.DUPLICATE_NAME.reject("column " + TextReason.quoted(name) + " is there twice");
            }
        }
        int[] placed = new int[columns.length];
        for (int i = 0; i < placed.length; i++) {
            placed[i] = found.getOrDefault(columns[i].name, ABSENT);
            if (placed[i] == ABSENT && !columns[i].nullable) {
                throw TextReason.MISSING_FIELD.reject("column '" + columns[i].name + "' is missing; the header is "
                        + TextReason.quoted(String.join(String.valueOf(format.delimiter()), row.fields())));
            }
        }
        positions = placed;
        header = row.fields();
    }

    /** The values of a row, by position of the schema. */
    Object[] values(Row row) throws RejectedEventException {
        int expected = format.header() ? header.length : width;
        int read = row.fields().length;
        if (read > expected || (read < expected && !format.filling())) {
            throw TableReason.ROW_LENGTH.reject("the row has " + read + " fields, expected " + expected);
        }
        Object[] values = new Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            int at = positions[i];
            values[i] = at == ABSENT ? null : at < read ? value(columns[i], row, at) : missing(columns[i]);
        }
        return values;
    }

    private Object value(Column column, Row row, int at) throws RejectedEventException {
        String text = row.fields()[at];
        if (row.quoted()[at] || !text.equals(format.nullMarker())) {
            return column.value.read(text);
        }
        return column.isText && text.isEmpty() ? text : missing(column);
    }

    private Object missing(Column column) throws RejectedEventException {
        if (!column.nullable) {
            throw TextReason.MISSING_FIELD.reject(column.field + " is null, expected a value");
        }
        return null;
    }
}
