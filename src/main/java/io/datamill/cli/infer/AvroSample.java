package io.datamill.cli.infer;

import io.datamill.cli.infer.Guess.Evidence;
import io.datamill.cli.infer.Guess.Part;
import io.datamill.schema.TypeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;

/** Avro object containers say their types themselves; what is observed is how often a value is null. */
final class AvroSample {
    private static final Observed NOTHING = new Observed();

    private AvroSample() {}

    /**
     * Reads a container into a sample.
     *
     * @param before the schema of the containers before it, or null
     * @return its schema
     */
    static Schema read(Path file, InputStream in, Schema before, Sample sample) throws IOException {
        try (DataFileStream<Object> container = new DataFileStream<>(in, new GenericDatumReader<>())) {
            Schema schema = container.getSchema();
            if (schema.getType() != Schema.Type.RECORD || before != null && !before.equals(schema)) {
                throw new BadSampleException(file + ": its schema "
                        + (before == null ? "is no record" : "is another than that of the files before it"));
            }
            while (container.hasNext() && !sample.isFull()) {
                sample.add(plain(container.next()));
            }
            return schema;
        } catch (AvroRuntimeException | IOException e) {
            throw e instanceof BadSampleException bad
                    ? bad
                    : new BadSampleException(file + ": no Avro container: " + e.getMessage());
        }
    }

    private static Object plain(Object value) {
        if (value instanceof IndexedRecord record) {
            Map<String, Object> fields = new LinkedHashMap<>();
            record.getSchema().getFields().forEach(field -> fields.put(field.name(), plain(record.get(field.pos()))));
            return fields;
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>(list.size());
            list.forEach(element -> plain.add(plain(element)));
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new HashMap<>();
            map.forEach((key, of) -> plain.put(String.valueOf(key), plain(of)));
            return plain;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** What the schema says, with how often it was null. */
    static Guess guess(Schema schema, Observed seen, long outOf) {
        boolean nullable = schema.isNullable();
        Schema present = schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(schema)
                : schema;
        String note = schema.isUnion() && schema.getTypes().size() > 2 ? "a union: its first type" : "";
        Evidence evidence = new Evidence(seen.count(), outOf - seen.count(), seen.count(), note);
        return switch (present.getType()) {
            case RECORD -> new Guess(Guess.RECORD, nullable, fields(present, seen), evidence);
            case ARRAY -> {
                Observed elements = seen.elements() == null ? NOTHING : seen.elements();
                Guess element = guess(present.getElementType(), elements, elements.count() + elements.nulls());
                yield new Guess(Guess.ARRAY, nullable, List.of(new Part("element", "element", element)), evidence);
            }
            case MAP -> {
                Observed values = seen.merged();
                Guess value = guess(present.getValueType(), values, values.count() + values.nulls());
                yield new Guess(Guess.MAP, nullable, List.of(new Part("value", "value", value)), evidence);
            }
            default -> new Guess(type(present), nullable, List.of(), evidence);
        };
    }

    private static List<Part> fields(Schema record, Observed seen) {
        return record.getFields().stream()
                .map(field -> new Part(
                        field.name(),
                        field.name(),
                        guess(
                                field.schema(),
                                seen.fields().getOrDefault(field.name(), NOTHING),
                                seen.mappings())))
                .toList();
    }

    private static String type(Schema schema) {
        boolean known = schema.getLogicalType() == null
                || schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                || schema.getLogicalType() instanceof LogicalTypes.Date
                || schema.getLogicalType() instanceof LogicalTypes.Decimal;
        return switch (schema.getType()) {
            case FLOAT -> "double";
            case FIXED -> "bytes";
            default -> known ? TypeText.of(schema) : schema.getType().getName();
        };
    }
}
