package io.datamill.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;

/** Makes the schemas that events are read with. */
public final class ReaderSchemas {
    private ReaderSchemas() {}

    /** The same schema, whose strings are read as {@link String} and not as Avro's mutable Utf8. */
    public static Schema withJavaStrings(Schema schema) {
        return withJavaStrings(schema, new HashMap<>());
    }

    /**
     * A record schema with some of the fields, in the order of {@code schema}.
     *
     * @throws IllegalArgumentException when a field is not there
     */
    public static Schema project(Schema schema, Collection<String> fields) {
        Set<String> missing = new HashSet<>(fields);
        List<Field> kept = new ArrayList<>();
        for (Field field : schema.getFields()) {
            if (missing.remove(field.name())) {
                kept.add(new Field(field, field.schema()));
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no field " + missing + " in " + schema.getFullName());
        }
        return sameRecord(schema, kept);
    }

    /** The writer's fields up to the last one that the reader takes anything from: what comes after need not be read. */
    static Schema prefixFor(Schema writer, Schema reader) {
        Set<String> wanted = new HashSet<>();
        for (Field field : reader.getFields()) {
            wanted.add(field.name());
            wanted.addAll(field.aliases());
        }
        int last = 0;
        for (Field field : writer.getFields()) {
            if (wanted.contains(field.name())) {
                last = field.pos() + 1;
            }
        }
        List<Field> kept = new ArrayList<>();
        writer.getFields().subList(0, last).forEach(field -> kept.add(new Field(field, field.schema())));
        return sameRecord(writer, kept);
    }

    private static Schema sameRecord(Schema schema, List<Field> fields) {
        Schema copy = sameNames(schema);
        copy.setFields(fields);
        return copy;
    }

    private static Schema withJavaStrings(Schema schema, Map<String, Schema> done) {
        return switch (schema.getType()) {
            case STRING -> stringed(schema);
            case RECORD -> recordWithJavaStrings(schema, done);
            case ARRAY -> withProps(schema, Schema.createArray(withJavaStrings(schema.getElementType(), done)));
            case MAP -> stringed(withProps(schema, Schema.createMap(withJavaStrings(schema.getValueType(), done))));
            case UNION ->
                Schema.createUnion(schema.getTypes().stream()
                        .map(branch -> withJavaStrings(branch, done))
                        .toList());
            default -> schema;
        };
    }

    private static Schema recordWithJavaStrings(Schema schema, Map<String, Schema> done) {
        Schema known = done.get(schema.getFullName());
        if (known != null) {
            return known;
        }
        Schema copy = sameNames(schema);
        done.put(schema.getFullName(), copy); // before its fields, which may name it
        List<Field> fields = new ArrayList<>();
        schema.getFields().forEach(field -> fields.add(new Field(field, withJavaStrings(field.schema(), done))));
        copy.setFields(fields);
        return copy;
    }

    private static Schema sameNames(Schema schema) {
        Schema copy = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), schema.isError());
        schema.getAliases().forEach(copy::addAlias);
        return withProps(schema, copy);
    }

    private static Schema stringed(Schema schema) {
        Schema copy =
                schema.getType() == Schema.Type.STRING ? withProps(schema, Schema.create(Schema.Type.STRING)) : schema;
        if (copy.getProp(GenericData.STRING_PROP) == null) {
            copy.addProp(GenericData.STRING_PROP, GenericData.StringType.String.name());
        }
        return copy;
    }

    private static Schema withProps(Schema from, Schema to) {
        from.getObjectProps().forEach(to::addProp);
        return to;
    }
}
