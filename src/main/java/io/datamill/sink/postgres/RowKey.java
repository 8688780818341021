package io.datamill.sink.postgres;

import com.google.common.hash.Hashing;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.sink.render.FieldPath;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a row is kept under, behind its tenant: the event's id, or the values of fields, so that all events about one
 * thing are one row. The text of one field as it is; of several, each behind its length and a colon.
 *
 * @param fields empty: the event's id
 */
record RowKey(List<FieldPath> fields) implements Serializable {
    static final RowKey EVENT = new RowKey(List.of());

    /** As long as an event's id may be. */
    private static final int LONGEST = 256;

    RowKey {
        fields = List.copyOf(fields);
    }

    /** @throws RejectedEventException if one of the fields is null */
    String of(Event event) throws RejectedEventException {
        if (fields.isEmpty()) {
            return event.header().id();
        }
        if (fields.size() == 1) {
            return shortened(value(fields.get(0), event));
        }
        StringBuilder key = new StringBuilder();
        for (FieldPath field : fields) {
            String value = value(field, event);
            key.append(value.length()).append(':').append(value);
        }
        return shortened(key.toString());
    }

    private static String value(FieldPath field, Event event) throws RejectedEventException {
        Object value = field.in(event.values());
        if (value == null) {
            throw new RejectedEventException("NO_KEY", "'" + field.path() + "' is null, and the row is kept under it");
        }
        return value.toString();
    }

    private static String shortened(String key) {
        return key.length() <= LONGEST
                ? key
                : Hashing.sha256().hashString(key, StandardCharsets.UTF_8).toString();
    }
}
