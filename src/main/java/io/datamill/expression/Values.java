package io.datamill.expression;

import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.common.values.StructValue;
import io.datamill.schema.Decimals;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** Values as Avro's generic representation has them, as CEL reads them, and back. */
final class Values {
    private static final long SECONDS_OF_A_DAY = 86_400;

    private Values() {}

    /** Lists, maps and records are views, so that only what an expression touches is converted. */
    static Object toCel(Object value, Schema schema) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        Schema present = RecordTypes.present(schema);
        LogicalTypes.Decimal decimal = Decimals.type(present);
        return decimal == null
                ? plain(value, present)
                : (Object) Decimals.read(value, decimal).doubleValue();
    }

    private static Object plain(Object value, Schema present) {
        return switch (present.getType()) {
            case INT ->
                RecordTypes.isDate(present)
                        ? Instant.ofEpochSecond((Integer) value * SECONDS_OF_A_DAY)
                        : (Object) ((Number) value).longValue();
            case LONG -> RecordTypes.isTimestamp(present) ? Instant.ofEpochMilli((Long) value) : value;
            case FLOAT -> ((Number) value).doubleValue();
            case STRING, ENUM -> value.toString();
            case BYTES -> CelByteString.of(Decimals.bytes((ByteBuffer) value));
            case RECORD -> new RecordValue((GenericRecord) value);
            case ARRAY -> Lists.transform((List<?>) value, element -> toCel(element, present.getElementType()));
            case MAP -> Maps.transformValues((Map<?, ?>) value, entry -> toCel(entry, present.getValueType()));
            default -> value;
        };
    }

    static Object toAvro(Object value) {
        if (value instanceof NullValue) {
            return null;
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(toAvro(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put((String) key, toAvro(entry)));
            return entries;
        }
        if (value instanceof CelByteString bytes) {
            return ByteBuffer.wrap(bytes.toByteArray());
        }
        return value instanceof RecordValue record ? record.fields : value;
    }

    /** A nested record: its fields are looked up by name, since the checked expression names them. */
    @SuppressWarnings("Immutable") // An event's values do not change.
    private static final class RecordValue extends StructValue<String, Object> {
        private final GenericRecord fields;

        RecordValue(GenericRecord fields) {
            this.fields = fields;
        }

        @Override
        public Object select(String name) {
            Schema.Field field = fields.getSchema().getField(name);
            return toCel(fields.get(field.pos()), field.schema());
        }

        @Override
        public Optional<Object> find(String name) {
            return Optional.of(select(name));
        }

        @Override
        public Object value() {
            return this;
        }

        @Override
        public boolean isZeroValue() {
            return false;
        }

        @Override
        public CelType celType() {
            return SimpleType.DYN;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof RecordValue record && fields.equals(record.fields);
        }

        @Override
        public int hashCode() {
            return fields.hashCode();
        }
    }
}
