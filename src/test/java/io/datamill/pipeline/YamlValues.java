package io.datamill.pipeline;

import io.datamill.schema.Decimals;
import io.datamill.schema.ReaderSchemas;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Values of events as YAML has them, and as a test compares them. */
final class YamlValues {
    private YamlValues() {}

    static List<Object[]> rows(Node node, Schema schema) {
        List<Object[]> rows = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(one -> rows.add(row(one, schema)));
        } else {
            rows.add(row(node, schema));
        }
        return rows;
    }

    static Object[] row(Node node, Schema schema) {
        Object[] values = new Object[schema.getFields().size()];
        for (NodeTuple entry : Binder.entries(node)) {
            Schema.Field field = schema.getField(Binder.text(entry.getKeyNode()));
            if (field == null) {
                throw new AssertionError("no field '" + Binder.text(entry.getKeyNode()) + "' in " + schema);
            }
            values[field.pos()] = value(entry.getValueNode(), field.schema());
        }
        return values;
    }

    private static Object value(Node node, Schema schema) {
        if (Binder.isNull(node)) {
            return null;
        }
        Schema type = FieldTypes.withoutNull(schema);
        String text = Binder.text(node);
        if (FieldTypes.isTimestamp(type)) {
            return Instant.parse(text).toEpochMilli();
        }
        if (Decimals.type(type) != null) {
            return Decimals.write(new BigDecimal(text), Decimals.type(type));
        }
        if (type.getLogicalType() != null) {
            return (int) LocalDate.parse(text).toEpochDay();
        }
        return switch (type.getType()) {
            case INT -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BOOLEAN -> Boolean.valueOf(text);
            case BYTES -> ByteBuffer.wrap(Base64.getDecoder().decode(text));
            case ENUM -> new GenericData.EnumSymbol(type, text);
            case ARRAY ->
                ((SequenceNode) node)
                        .getValue().stream()
                                .map(one -> value(one, type.getElementType()))
                                .collect(Collectors.toCollection(ArrayList::new));
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                Binder.entries(node)
                        .forEach(entry -> map.put(
                                Binder.text(entry.getKeyNode()), value(entry.getValueNode(), type.getValueType())));
                yield map;
            }
            case RECORD -> {
                GenericData.Record record = new GenericData.Record(ReaderSchemas.withJavaStrings(type));
                Object[] values = row(node, type);
                for (int i = 0; i < values.length; i++) {
                    record.put(i, values[i]);
                }
                yield record;
            }
            default -> text;
        };
    }

    static String show(Object value, Schema schema) {
        Schema type = FieldTypes.withoutNull(schema);
        if (value == null) {
            if (!schema.isNullable()) {
                throw new AssertionError("null where " + TypeText.of(schema) + " is planned");
            }
            return "null";
        }
        if (!GenericData.get().validate(type, value)) {
            throw new AssertionError(value + " of " + value.getClass() + " where " + TypeText.of(type) + " is planned");
        }
        if (FieldTypes.isTimestamp(type)) {
            return Instant.ofEpochMilli((Long) value).toString();
        }
        if (Decimals.type(type) != null) {
            return Decimals.read(value, Decimals.type(type)).toPlainString();
        }
        if (type.getLogicalType() != null) {
            return LocalDate.ofEpochDay((Integer) value).toString();
        }
        return switch (type.getType()) {
            case BYTES -> Base64.getEncoder().encodeToString(bytes((ByteBuffer) value));
            case ARRAY ->
                ((List<?>) value)
                        .stream().map(one -> show(one, type.getElementType())).collect(Collectors.joining(", ", "[", "]"));
            case MAP ->
                new TreeMap<>((Map<?, ?>) value)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + ": " + show(entry.getValue(), type.getValueType()))
                                .collect(Collectors.joining(", ", "{", "}"));
            case RECORD ->
                type.getFields().stream()
                        .map(field ->
                                field.name() + ": " + show(((IndexedRecord) value).get(field.pos()), field.schema()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(buffer.position(), copy);
        return copy;
    }
}
