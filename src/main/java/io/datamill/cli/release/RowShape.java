package io.datamill.cli.release;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;

/** Brings rows of files to the schema that a pipeline has at a point, field by field and by name. */
public final class RowShape {
    private final Schema to;
    private final int[] from;

    /** What rows have kept of the fields that a pipeline has at a point, with the types that they have there. */
    public static Schema kept(Schema pipeline, Schema rows) {
        List<Schema.Field> fields = pipeline.getFields().stream()
                .filter(field -> rows.getField(field.name()) != null)
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(pipeline.getName(), pipeline.getDoc(), pipeline.getNamespace(), false, fields);
    }

    /** @param to has only fields that the rows have */
    public RowShape(Schema rows, Schema to) {
        this.to = to;
        this.from = to.getFields().stream()
                .mapToInt(field -> rows.getField(field.name()).pos())
                .toArray();
    }

    /** A value that the pipeline cannot have there. */
    public static final class MisfitException extends Exception {
        private static final long serialVersionUID = 1L;

        MisfitException(String message) {
            super(message);
        }
    }

    /** @throws MisfitException naming the field, as where a row is older than the field and has none */
    public Object[] of(Object[] row) throws MisfitException {
        Object[] values = new Object[from.length];
        for (int i = 0; i < values.length; i++) {
            Schema.Field field = to.getFields().get(i);
            values[i] = value(row[from[i]], field.schema(), field.name());
        }
        return values;
    }

    private static Object value(Object value, Schema to, String path) throws MisfitException {
        if (value == null) {
            if (to.isNullable()) {
                return null;
            }
            throw new MisfitException("'" + path + "' is null");
        }
        return switch (to.getType()) {
            case UNION -> union(value, to, path);
            case RECORD -> record(value, to, path);
            case ARRAY -> list(value, to, path);
            case MAP -> map(value, to, path);
            case STRING -> value.toString();
            case ENUM -> new GenericData.EnumSymbol(to, value.toString());
            case INT, LONG, FLOAT, DOUBLE -> number(value, to, path);
            default -> value;
        };
    }

    /** Of another union than one with null nothing is changed. */
    private static Object union(Object value, Schema to, String path) throws MisfitException {
        List<Schema> present = to.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        return present.size() == 1 ? value(value, present.get(0), path) : value;
    }

    private static Object record(Object value, Schema to, String path) throws MisfitException {
        if (!(value instanceof IndexedRecord row)) {
            throw misfit(value, "a record", path);
        }
        GenericData.Record record = new GenericData.Record(to);
        for (Schema.Field field : to.getFields()) {
            Schema.Field given = row.getSchema().getField(field.name());
            // Of before the field was there: such as the shadow of a score.
            Object none = field.schema().getType() == Schema.Type.ARRAY ? List.of() : null;
            Object read = given == null ? none : row.get(given.pos());
            record.put(field.pos(), value(read, field.schema(), path + '.' + field.name()));
        }
        return record;
    }

    private static Object list(Object value, Schema to, String path) throws MisfitException {
        if (!(value instanceof List<?> list)) {
            throw misfit(value, "a list", path);
        }
        List<Object> values = new ArrayList<>(list.size());
        for (Object element : list) {
            values.add(value(element, to.getElementType(), path + "[]"));
        }
        return values;
    }

    private static Object map(Object value, Schema to, String path) throws MisfitException {
        if (!(value instanceof Map<?, ?> map)) {
            throw misfit(value, "a map", path);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            values.put(entry.getKey().toString(), value(entry.getValue(), to.getValueType(), path + "[]"));
        }
        return values;
    }

    private static Object number(Object value, Schema to, String path) throws MisfitException {
        if (value instanceof CharSequence text && to.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeException e) {
                throw misfit(value, "a time", path);
            }
        }
        if (!(value instanceof Number number)) {
            throw misfit(value, "a number", path);
        }
        boolean whole = to.getType() == Schema.Type.INT || to.getType() == Schema.Type.LONG;
        if (whole && number.doubleValue() != Math.rint(number.doubleValue())) {
            throw misfit(value, "a whole number", path);
        }
        return switch (to.getType()) {
            case INT -> (Object) number.intValue();
            case LONG -> number.longValue();
            case FLOAT -> number.floatValue();
            default -> number.doubleValue();
        };
    }

    private static MisfitException misfit(Object value, String expected, String path) {
        String text = value.toString();
        return new MisfitException("'" + path + "' is " + (text.length() > 40 ? text.substring(0, 40) + "..." : text)
                + "; expected " + expected);
    }
}
