package io.datamill.step.adapter.json;

import com.fasterxml.jackson.core.JsonToken;
import io.datamill.event.RejectedEventException;
import io.datamill.step.FieldTypes;
import io.datamill.step.adapter.TextReason;
import io.datamill.step.adapter.TextValue;
import io.datamill.step.adapter.json.Members.Member;
import io.datamill.step.adapter.json.Members.Slot;
import io.datamill.step.adapter.json.ObjectReader.Leftovers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Makes the readers of one mapping: once when the pipeline is planned, to find its mistakes, and once for each subtask. */
final class Readers {
    private final Mapping mapping;
    private final Json.Unknown unknown;
    private final BiConsumer<String, String> problems;

    /**
     * @param unknown what is done about members of nested objects that are no fields; they are not kept
     * @param problems takes the path of the option and the message
     */
    Readers(Mapping mapping, Json.Unknown unknown, BiConsumer<String, String> problems) {
        this.mapping = mapping;
        this.unknown = unknown;
        this.problems = problems;
    }

    /** @param at the record's path in the event with a dot behind it, or the empty string */
    ObjectReader object(Schema record, String at, Leftovers leftovers) {
        Members members = new Members();
        List<ObjectReader.Field> fields = new ArrayList<>();
        int[] marks = new int[1];
        for (Schema.Field field : record.getFields()) {
            String path = at + field.name();
            Object constant = at.isEmpty() ? constant(field, path) : null;
            fields.add(new ObjectReader.Field(path, field.schema().isNullable(), constant));
            if (constant == null && !(at.isEmpty() && field.pos() == leftovers.keptAt())) {
                place(field, path, at, members, marks);
            }
        }
        return new ObjectReader(members, fields, marks[0], leftovers);
    }

    private void place(Schema.Field field, String path, String at, Members members, int[] marks) {
        String named = mapping.names().getOrDefault(path, field.name());
        if (named.isEmpty()) {
            return; // No member, though there may be one of the field's name.
        }
        try {
            List<String> names = Members.path(named);
            Member member = members.at(names, at.isEmpty() ? "" : at.substring(0, at.length() - 1), marks);
            member.slots.add(new Slot(field.pos(), value(field.schema(), path)));
            checkApart(members, names);
        } catch (IllegalArgumentException e) {
            problems.accept(mapping.option() + "names." + path, e.getMessage());
        }
    }

    /** One pass over the record cannot give a value twice if it has parts. */
    private static void checkApart(Members members, List<String> names) {
        Members level = members;
        for (String name : names) {
            Member member = level.byName.get(name);
            if (!member.slots.isEmpty() && !member.below.byName.isEmpty()) {
                throw new IllegalArgumentException("'" + member.path
                        + "' is taken as a whole by one field and in part by another; take one of them only");
            }
            if (member.slots.size() > 1 && member.slots.stream().anyMatch(slot -> slot.reader() instanceof Parted)) {
                throw new IllegalArgumentException(
                        "'" + member.path + "' is an object or array and is taken by two fields; take it once");
            }
            level = member.below;
        }
    }

    private Object constant(Schema.Field field, String path) {
        Object written = mapping.values().get(field.name());
        if (written == null) {
            return null;
        }
        Schema type = FieldTypes.withoutNull(field.schema());
        try {
            boolean fits = switch (type.getType()) {
                case BOOLEAN -> written instanceof Boolean;
                case INT, LONG -> type.getLogicalType() == null ? written instanceof Number : written instanceof String;
                case DOUBLE -> written instanceof Number;
                case BYTES -> type.getLogicalType() == null ? written instanceof String : written instanceof Number;
                default -> written instanceof String;
            };
            if (fits) {
                return TextValue.of(path, type, mapping.formats().get(path)).read(written.toString());
            }
        } catch (IllegalArgumentException | RejectedEventException e) {
            problems.accept(mapping.option() + "values." + path, e.getMessage());
            return null;
        }
        problems.accept(
                mapping.option() + "values." + path, "'" + written + "' is no " + FieldTypes.describe(type));
        return null;
    }

    private ValueReader value(Schema schema, String path) {
        ValueReader present = present(FieldTypes.withoutNull(schema), path);
        boolean nullable = schema.isNullable();
        ValueReader reader = parser -> {
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                return present.read(parser);
            }
            if (!nullable) {
                throw TextReason.MISSING_FIELD.reject(path + " is null, expected a value");
            }
            return null;
        };
        return present instanceof Parted ? (Parted) reader::read : reader;
    }

    /** Reads a value that has parts. */
    @FunctionalInterface
    private interface Parted extends ValueReader {}

    private ValueReader present(Schema type, String path) {
        return switch (type.getType()) {
            case RECORD -> record(type, path);
            case ARRAY -> array(type, path);
            case MAP -> map(type, path);
            default -> scalar(type, path);
        };
    }

    private ValueReader scalar(Schema type, String path) {
        try {
            return Scalars.of(path, type, mapping.formats().get(path));
        } catch (IllegalArgumentException e) {
            problems.accept(mapping.formatOption(path), e.getMessage());
            return parser -> null;
        }
    }

    private Parted record(Schema type, String path) {
        ObjectReader object = object(type, path + '.', Leftovers.below(unknown));
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Scalars.wrong(path, parser, "an object");
            }
            Object[] values = new Object[object.size()];
            object.read(parser, values);
            GenericData.Record record = new GenericData.Record(type);
            for (int i = 0; i < values.length; i++) {
                record.put(i, values[i]);
            }
            return record;
        };
    }

    private Parted array(Schema type, String path) {
        ValueReader element = value(type.getElementType(), path + "[]");
        return parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw Scalars.wrong(path, parser, "an array");
            }
            List<Object> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(element.read(parser));
            }
            return values;
        };
    }

    private Parted map(Schema type, String path) {
        ValueReader value = value(type.getValueType(), path + "{}");
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw Scalars.wrong(path, parser, "an object");
            }
            Map<String, Object> values = new HashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = Scalars.whole(path, parser.currentName());
                parser.nextToken();
                if (values.containsKey(name)) {
                    throw TextReason.DUPLICATE_NAME.reject(path + ": " + TextReason.quoted(name) + " is there twice");
                }
                values.put(name, value.read(parser));
            }
            return values;
        };
    }
}
