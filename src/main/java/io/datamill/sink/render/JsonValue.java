package io.datamill.sink.render;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.datamill.schema.TypeText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes values of one Avro schema as JSON, compiled from the schema once. Times are ISO-8601 in UTC, dates too,
 * decimals numbers with all their digits, bytes base64; numbers that JSON has no form for are null.
 */
@FunctionalInterface
public interface JsonValue {

    /** @param value may be null, whatever the schema says */
    void write(Object value, JsonGenerator json) throws IOException;

    /** @throws IllegalArgumentException for a union of several types, a record within itself and what is always null */
    static JsonValue of(Schema schema) {
        return of(schema, List.of());
    }

    /** @param around the names of the records that the value is part of */
    private static JsonValue of(Schema schema, List<String> around) {
        JsonValue present = present(nonNull(schema), around);
        return (value, json) -> {
            if (value == null) {
                json.writeNull();
            } else {
                present.write(value, json);
            }
        };
    }

    /** The schema of a value that is there. */
    static Schema nonNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> types = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (types.size() != 1) {
            throw new IllegalArgumentException("a union of several types cannot be stored: " + TypeText.of(schema));
        }
        return types.get(0);
    }

    static boolean isTime(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    private static JsonValue present(Schema schema, List<String> around) {
        return switch (schema.getType()) {
            case STRING, ENUM -> (value, json) -> json.writeString(value.toString());
            case INT ->
                schema.getLogicalType() instanceof LogicalTypes.Date
                        ? (value, json) -> json.writeString(
                                LocalDate.ofEpochDay((int) value).toString())
                        : (value, json) -> json.writeNumber((int) value);
            case LONG -> time(schema);
            case FLOAT, DOUBLE -> (value, json) -> number(((Number) value).doubleValue(), json);
            case BOOLEAN -> (value, json) -> json.writeBoolean((boolean) value);
            case BYTES ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                        ? (value, json) -> json.writeNumber(decimal((ByteBuffer) value, decimal.getScale()))
                        : (value, json) -> json.writeBinary(copy((ByteBuffer) value));
            case ARRAY -> array(of(schema.getElementType(), around));
            case MAP -> map(of(schema.getValueType(), around));
            case RECORD -> record(schema, around);
            default -> throw new IllegalArgumentException("type " + TypeText.of(schema) + " cannot be stored");
        };
    }

    /** Avro's decimal: the unscaled number, its highest byte first. */
    static BigDecimal decimal(ByteBuffer value, int scale) {
        return new BigDecimal(new BigInteger(copy(value)), scale);
    }

    private static byte[] copy(ByteBuffer value) {
        byte[] copy = new byte[value.remaining()];
        value.get(value.position(), copy);
        return copy;
    }

    private static JsonValue time(Schema schema) {
        if (!isTime(schema)) {
            return (value, json) -> json.writeNumber((long) value);
        }
        IsoTime time = new IsoTime();
        return (value, json) -> time.write((long) value, json);
    }

    private static void number(double value, JsonGenerator json) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    private static JsonValue array(JsonValue element) {
        return (value, json) -> {
            List<?> list = (List<?>) value;
            json.writeStartArray();
            for (int i = 0; i < list.size(); i++) {
                element.write(list.get(i), json);
            }
            json.writeEndArray();
        };
    }

    private static JsonValue map(JsonValue element) {
        return (value, json) -> {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                element.write(entry.getValue(), json);
            }
            json.writeEndObject();
        };
    }

    private static JsonValue record(Schema schema, List<String> around) {
        if (around.contains(schema.getFullName())) {
            throw new IllegalArgumentException("a record within itself cannot be stored: " + schema.getName());
        }
        List<String> within = new ArrayList<>(around);
        within.add(schema.getFullName());
        List<Schema.Field> fields = schema.getFields();
        SerializedString[] names =
                fields.stream().map(f -> new SerializedString(f.name())).toArray(SerializedString[]::new);
        JsonValue[] values = fields.stream().map(f -> of(f.schema(), within)).toArray(JsonValue[]::new);
        return (value, json) -> {
            IndexedRecord record = (IndexedRecord) value;
            json.writeStartObject();
            for (int i = 0; i < names.length; i++) {
                json.writeFieldName(names[i]);
                values[i].write(record.get(i), json);
            }
            json.writeEndObject();
        };
    }
}
