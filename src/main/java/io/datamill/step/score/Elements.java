package io.datamill.step.score;

import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * What a path leads to: one value; where it is a list, its elements; and with {@code hops[*].from} a field of each.
 *
 * @param inEach the field's position; {@value #ITSELF} where the elements themselves are meant
 */
record Elements(FieldPath path, int inEach) implements Serializable {
    static final String EACH = "[*]";
    private static final int ITSELF = -1;

    /** @throws IllegalArgumentException if there is no such field, or it holds no text */
    static Elements texts(Schema record, String path) {
        int each = path.indexOf(EACH);
        if (each < 0) {
            return new Elements(FieldTypes.textOrTexts(record, path), ITSELF);
        }
        Schema element = FieldTypes.elements(record, path.substring(0, each));
        if (!path.startsWith(".", each + EACH.length())) {
            throw new IllegalArgumentException("'" + path + "': expected a field behind [*], such as hops[*].from");
        }
        String field = path.substring(each + EACH.length() + 1);
        FieldPath inside = FieldTypes.text(element, field);
        if (inside.rest().length > 0) {
            throw new IllegalArgumentException("'" + path + "': expected one field behind [*]");
        }
        return new Elements(FieldPath.to(record, path.substring(0, each), "", schema -> true), inside.first());
    }

    /** What a scan begins with; null where nothing is there. */
    Object start(Object[] values) {
        return path.value(values);
    }

    static int size(Object start) {
        return start == null ? 0 : start instanceof List<?> list ? list.size() : 1;
    }

    /** Null also for the empty text. */
    String text(Object start, int index) {
        Object element = start instanceof List<?> list ? list.get(index) : start;
        Object value = inEach == ITSELF || element == null ? element : ((IndexedRecord) element).get(inEach);
        return value instanceof String text && !text.isEmpty() ? text : null;
    }
}
