package io.datamill.step.score;

import io.datamill.config.Suggestion;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The way from an event's values to one value: {@code subject}, {@code geo.country}, {@code hops[0].at}, or {@code
 * hops[-1].at} for the last element. Null anywhere on the way, or an element that is not there, gives null.
 */
@SuppressWarnings("ArrayRecordComponent") // By position and without copies: this is the per-event path.
public record FieldPath(int first, int[] rest) implements Serializable {
    private static final Pattern SEGMENT = Pattern.compile("(\\w+)(?:\\[(-?\\d{1,4})])?");

    /**
     * @param expected what {@code fits} asks for, for the message
     * @throws IllegalArgumentException if there is no such field or it has another type
     */
    public static FieldPath to(Schema record, String path, String expected, Predicate<Schema> fits) {
        String[] segments = path.split("\\.", -1);
        int[] steps = new int[2 * segments.length];
        int length = 0;
        Schema at = record;
        for (String segment : segments) {
            Matcher matcher = SEGMENT.matcher(segment);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + path + "' is not a field's path");
            }
            Schema.Field field = field(at, matcher.group(1));
            steps[length++] = field.pos();
            at = withoutNull(field.schema());
            if (matcher.group(2) != null) {
                require(path, at, "an array", schema -> schema.getType() == Schema.Type.ARRAY);
                steps[length++] = Integer.parseInt(matcher.group(2));
                at = withoutNull(at.getElementType());
            }
        }
        require(path, at, expected, fits);
        return new FieldPath(steps[0], Arrays.copyOfRange(steps, 1, length));
    }

    public Object value(Object[] values) {
        Object at = values[first];
        for (int i = 0; i < rest.length && at != null; i++) {
            at = at instanceof List<?> list ? element(list, rest[i]) : ((IndexedRecord) at).get(rest[i]);
        }
        return at;
    }

    /** The text at the end of the way; null also for the empty one, which older schemas have where newer ones have null. */
    String text(Object[] values) {
        return value(values) instanceof String text && !text.isEmpty() ? text : null;
    }

    private static Object element(List<?> list, int index) {
        int position = index < 0 ? list.size() + index : index;
        return position >= 0 && position < list.size() ? list.get(position) : null;
    }

    private static Schema.Field field(Schema record, String name) {
        require(name, record, "a field of a record", schema -> schema.getType() == Schema.Type.RECORD);
        Schema.Field field = record.getField(name);
        if (field == null) {
            List<String> names =
                    record.getFields().stream().map(Schema.Field::name).toList();
            throw new IllegalArgumentException("no field '" + name + "'" + Suggestion.among(name, names));
        }
        return field;
    }

    private static void require(String path, Schema schema, String expected, Predicate<Schema> fits) {
        if (!fits.test(schema)) {
            throw new IllegalArgumentException("'" + path + "' is " + described(schema) + "; expected " + expected);
        }
    }

    private static String described(Schema schema) {
        return schema.getLogicalType() == null
                ? schema.getType().getName()
                : schema.getLogicalType().getName();
    }

    /** The type beside null of a union of the two; the schema itself otherwise. */
    private static Schema withoutNull(Schema schema) {
        if (!schema.isUnion() || schema.getTypes().size() != 2) {
            return schema;
        }
        List<Schema> types = schema.getTypes();
        return types.get(0).getType() == Schema.Type.NULL
                ? types.get(1)
                : types.get(1).getType() == Schema.Type.NULL ? types.get(0) : schema;
    }
}
