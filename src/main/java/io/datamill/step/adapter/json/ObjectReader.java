package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.datamill.config.Suggestion;
import io.datamill.event.RejectedEventException;
import io.datamill.step.adapter.TextReason;
import io.datamill.step.adapter.json.Members.Member;
import io.datamill.step.adapter.json.Members.Slot;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fills the fields of one record from the members of a JSON object, wherever below it they stand. */
final class ObjectReader {
    private final Members members;
    private final Field[] fields;
    private final Leftovers leftovers;
    private final int[] seen;
    private int reading;

    /**
     * @param fields by position
     * @param marks how many members there are
     */
    ObjectReader(Members members, List<Field> fields, int marks, Leftovers leftovers) {
        this.members = members;
        this.fields = fields.toArray(Field[]::new);
        this.leftovers = leftovers;
        this.seen = new int[marks];
    }

    /**
     * One field of the record.
     *
     * @param path in the event, for messages
     * @param constant what it has where no member gives a value, or null
     */
    record Field(String path, boolean nullable, Object constant) {}

    /** What is done about the members that nothing takes. */
    record Leftovers(Json.Unknown unknown, Set<String> known, int keptAt, JsonText text) {
        static Leftovers below(Json.Unknown unknown) {
            return new Leftovers(unknown == Json.Unknown.REFUSE ? unknown : Json.Unknown.IGNORE, Set.of(), -1, null);
        }
    }

    int size() {
        return fields.length;
    }

    /**
     * Reads the object that begins at the parser's token.
     *
     * @param values by position of the fields; all null
     */
    void read(JsonParser parser, Object[] values) throws IOException, RejectedEventException {
        reading++;
        Map<String, Object> kept = leftovers.unknown == Json.Unknown.KEEP ? new LinkedHashMap<>() : null;
        fill(parser, members, values, kept);
        if (kept != null) {
            values[leftovers.keptAt] = kept;
        }
        for (int i = 0; i < fields.length; i++) {
            if (values[i] == null) {
                values[i] = fields[i].constant;
                if (values[i] == null && !fields[i].nullable) {
                    throw TextReason.MISSING_FIELD.reject(fields[i].path + " is missing, expected a value");
                }
            }
        }
    }

    private void fill(JsonParser parser, Members level, Object[] values, Map<String, Object> kept)
            throws IOException, RejectedEventException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            Member member = level.byName.get(name);
            parser.nextToken();
            if (member != null) {
                take(parser, member, values);
            } else {
                leave(parser, name, level, kept);
            }
        }
    }

    private void take(JsonParser parser, Member member, Object[] values) throws IOException, RejectedEventException {
        if (seen[member.mark] == reading) {
            throw TextReason.DUPLICATE_NAME.reject(member.path + " is there twice");
        }
        seen[member.mark] = reading;
        for (int i = 0; i < member.slots.size(); i++) {
            Slot slot = member.slots.get(i);
            values[slot.position()] = slot.reader().read(parser);
        }
        if (member.slots.isEmpty() && parser.currentToken() != JsonToken.VALUE_NULL) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Scalars.wrong(member.path, parser, "an object");
            }
            fill(parser, member.below, values, null);
        }
    }

    private void leave(JsonParser parser, String name, Members level, Map<String, Object> kept)
            throws IOException, RejectedEventException {
        boolean top = level == members;
        if (leftovers.unknown == Json.Unknown.REFUSE && !(top && leftovers.known.contains(name))) {
            throw TextReason.UNKNOWN_FIELD.reject(TextReason.quoted(name) + " is no field"
                    + Suggestion.among(name, level.byName.keySet()));
        }
        if (kept == null) {
            parser.skipChildren();
        } else if (kept.put(Scalars.whole("a name", name), leftovers.text.passed(parser)) != null) {
            throw TextReason.DUPLICATE_NAME.reject(TextReason.quoted(name) + " is there twice");
        }
    }
}
