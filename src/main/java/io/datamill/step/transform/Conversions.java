package io.datamill.step.transform;

import io.datamill.schema.Decimals;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The conversions between types. What would lose a part of the value fails, but for two that are meant to: a double is
 * rounded to a decimal's scale, and a time cut to milliseconds or to its day in UTC.
 */
public final class Conversions {
    private static final long DAY = 86_400_000L;

    private Conversions() {}

    /**
     * The type after a cast: that written, and nullable where the value may be null or is null on failure.
     *
     * @param written a question mark asks for null on failure
     */
    static Schema result(Schema from, Schema written) {
        Schema given = FieldTypes.withoutNull(from);
        Schema type = FieldTypes.withoutNull(written);
        if (given.getType() == type.getType() && type.getType() == Schema.Type.ARRAY) {
            type = Schema.createArray(result(given.getElementType(), type.getElementType()));
        } else if (given.getType() == type.getType() && type.getType() == Schema.Type.MAP) {
            type = Schema.createMap(result(given.getValueType(), type.getValueType()));
        }
        return from.isNullable() || written.isNullable() ? FieldTypes.nullable(type) : type;
    }

    /** Null where there is none between the types. Null stays null; so does what fails, where {@code written} is nullable. */
    public static Conversion of(Schema from, Schema written) {
        Conversion present = present(FieldTypes.withoutNull(from), FieldTypes.withoutNull(written));
        if (present == null) {
            return null;
        }
        boolean lenient = written.isNullable();
        return value -> {
            Object converted = value == null ? null : present.apply(value);
            return converted == Conversion.FAILED && lenient ? null : converted;
        };
    }

    private static Conversion present(Schema from, Schema to) {
        if (TypeText.of(from).equals(TypeText.of(to)) && from.getType() == to.getType()) {
            return value -> value;
        }
        if (Decimals.type(from) != null) {
            LogicalTypes.Decimal type = Decimals.type(from);
            return after(value -> Decimals.read(value, type), NumberConversions.exact(to));
        }
        if (from.getLogicalType() != null) {
            return time(from, to);
        }
        return switch (from.getType()) {
            case STRING -> TextConversions.from(to);
            case ENUM -> after(Object::toString, TextConversions.from(to));
            case INT, LONG -> NumberConversions.whole(from, to);
            case FLOAT, DOUBLE -> NumberConversions.real(to);
            case BOOLEAN -> bool(to);
            case BYTES -> isPlain(to, Schema.Type.STRING) ? TextConversions.utf8() : null;
            case ARRAY -> to.getType() == Schema.Type.ARRAY ? array(from, to) : null;
            case MAP -> to.getType() == Schema.Type.MAP ? map(from, to) : null;
            default -> null;
        };
    }

    static Conversion after(Conversion first, Conversion second) {
        return second == null ? null : value -> second.apply(first.apply(value));
    }

    private static boolean isPlain(Schema schema, Schema.Type type) {
        return schema.getType() == type && schema.getLogicalType() == null;
    }

    static boolean isDate(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Date;
    }

    private static Conversion bool(Schema to) {
        if (to.getLogicalType() != null) {
            return null;
        }
        return switch (to.getType()) {
            case STRING -> Object::toString;
            case INT -> value -> (Boolean) value ? 1 : 0;
            case LONG -> value -> (Boolean) value ? 1L : 0L;
            default -> null;
        };
    }

    private static Conversion time(Schema from, Schema to) {
        if (isDate(from)) {
            if (FieldTypes.isTimestamp(to)) {
                return value -> (Integer) value * DAY;
            }
            return isPlain(to, Schema.Type.STRING)
                    ? value -> LocalDate.ofEpochDay((Integer) value).toString()
                    : isPlain(to, Schema.Type.INT) ? value -> value : null;
        }
        if (from.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
            Conversion millis = value -> Math.floorDiv((Long) value, 1000L);
            return FieldTypes.isTimestamp(to) ? millis : null;
        }
        if (!FieldTypes.isTimestamp(from)) {
            return null;
        }
        if (isDate(to)) {
            return value -> NumberConversions.toInt(Math.floorDiv((Long) value, DAY));
        }
        return isPlain(to, Schema.Type.STRING)
                ? value -> Instant.ofEpochMilli((Long) value).toString()
                : isPlain(to, Schema.Type.LONG) ? value -> value : null;
    }

    private static Conversion array(Schema from, Schema to) {
        Conversion element = of(from.getElementType(), to.getElementType());
        return element == null
                ? null
                : value -> {
                    List<?> elements = (List<?>) value;
                    List<Object> converted = new ArrayList<>(elements.size());
                    for (int i = 0; i < elements.size(); i++) {
                        Object one = element.apply(elements.get(i));
                        if (one == Conversion.FAILED) {
                            return one;
                        }
                        converted.add(one);
                    }
                    return converted;
                };
    }

    private static Conversion map(Schema from, Schema to) {
        Conversion element = of(from.getValueType(), to.getValueType());
        return element == null
                ? null
                : value -> {
                    Map<String, Object> converted = new LinkedHashMap<>();
                    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                        Object one = element.apply(entry.getValue());
                        if (one == Conversion.FAILED) {
                            return one;
                        }
                        converted.put(entry.getKey().toString(), one);
                    }
                    return converted;
                };
    }
}
