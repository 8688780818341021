package io.datamill.step.score;

import java.io.Serializable;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * What a path leads to: one value; where it is a list, its elements; and with {@code hops[*].from} a field of each.
 *
 * @param inEach the field's position; {@value #ITSELF} where the elements themselves are meant
 */
record Elements(FieldPath path, int inEach) implements Serializable {
    private static final String EACH = "[*]";
    private static final int ITSELF = -1;

    /** @throws IllegalArgumentException if there is no such field, or it holds no text */
    static Elements texts(Schema record, String path) {
        return path.contains(EACH)
                ? ofEach(record, path, FieldTypes::text)
                : new Elements(FieldTypes.textOrTexts(record, path), ITSELF);
    }

    /** @throws IllegalArgumentException if there is no such list, or its records have no such field */
    static Elements ofEach(Schema record, String path, BiFunction<Schema, String, FieldPath> type) {
        String[] parts = path.split("\\[\\*]\\.", -1);
        FieldPath inside = parts.length == 2 ? type.apply(FieldTypes.elements(record, parts[0]), parts[1]) : null;
        if (inside == null || inside.rest().length > 0) {
            throw new IllegalArgumentException("'" + path + "': expected a list and a field, such as hops[*].from");
        }
        return new Elements(FieldPath.to(record, parts[0], "", schema -> true), inside.first());
    }

    /** What a scan begins with; null where nothing is there. */
    Object start(Object[] values) {
        return path.value(values);
    }

    static int size(Object start) {
        return start == null ? 0 : start instanceof List<?> list ? list.size() : 1;
    }

    Object value(Object start, int index) {
        Object element = start instanceof List<?> list ? list.get(index) : start;
        return inEach == ITSELF || element == null ? element : ((IndexedRecord) element).get(inEach);
    }

    /** Null also for the empty text. */
    String text(Object start, int index) {
        return value(start, index) instanceof String text && !text.isEmpty() ? text : null;
    }
}
