package io.datamill.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import io.datamill.schema.Decimals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * The CEL types of an Avro record's fields. Records become struct types; {@code [null, T]} becomes a nullable T where
 * CEL knows one (its wrappers), and T itself for records and timestamps, which CEL compares with null anyway. A date
 * is a timestamp, at midnight UTC; a decimal is the nearest double. What else there is in Avro (other unions, fixed,
 * nullable lists and maps) is dynamic: what is done with it is checked when it runs.
 */
@SuppressWarnings("Immutable") // One for each check, used from one thread.
final class RecordTypes implements CelTypeProvider {
    private final Map<String, Schema> records = new LinkedHashMap<>();
    private final Map<String, StructType> structs = new LinkedHashMap<>();

    CelType of(Schema schema) {
        Schema present = present(schema);
        CelType type = isDecimal(present) ? SimpleType.DOUBLE : plain(present);
        return isNullable(schema) ? nullable(type) : type;
    }

    private CelType plain(Schema present) {
        return switch (present.getType()) {
            case BOOLEAN -> SimpleType.BOOL;
            case INT -> isDate(present) ? SimpleType.TIMESTAMP : SimpleType.INT;
            case LONG -> isTimestamp(present) ? SimpleType.TIMESTAMP : SimpleType.INT;
            case FLOAT, DOUBLE -> SimpleType.DOUBLE;
            case STRING, ENUM -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case RECORD -> struct(present);
            case ARRAY -> ListType.create(of(present.getElementType()));
            case MAP -> MapType.create(SimpleType.STRING, of(present.getValueType()));
            default -> SimpleType.DYN;
        };
    }

    private static CelType nullable(CelType type) {
        return switch (type.kind()) {
            case BOOL, INT, DOUBLE, STRING, BYTES -> NullableType.create(type);
            case LIST, MAP -> SimpleType.DYN;
            default -> type;
        };
    }

    private StructType struct(Schema schema) {
        String name = schema.getFullName();
        while (records.containsKey(name) && !records.get(name).equals(schema)) {
            name += "_"; // Two records of one name and different fields: each keeps its own type.
        }
        if (!structs.containsKey(name)) {
            records.put(name, schema);
            ImmutableSet<String> names =
                    schema.getFields().stream().map(Schema.Field::name).collect(ImmutableSet.toImmutableSet());
            structs.put(
                    name,
                    StructType.create(
                            name,
                            names,
                            field -> Optional.ofNullable(schema.getField(field)).map(found -> of(found.schema()))));
            schema.getFields().forEach(field -> of(field.schema()));
        }
        return structs.get(name);
    }

    /** The record behind a struct type. */
    Optional<Schema> record(CelType type) {
        return Optional.ofNullable(records.get(type.name()));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.copyOf(structs.values());
    }

    @Override
    public Optional<CelType> findType(String name) {
        return Optional.ofNullable(structs.get(name));
    }

    static boolean isNullable(Schema schema) {
        return schema.isNullable();
    }

    static boolean isDate(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.Date;
    }

    static boolean isDecimal(Schema schema) {
        return Decimals.type(schema) != null;
    }

    static boolean isTimestamp(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    /** T of {@code [null, T]} and {@code [T, null]}; the schema itself otherwise. */
    static Schema present(Schema schema) {
        if (!schema.isUnion() || schema.getTypes().size() != 2 || !schema.isNullable()) {
            return schema;
        }
        Schema first = schema.getTypes().get(0);
        return first.getType() == Schema.Type.NULL ? schema.getTypes().get(1) : first;
    }
}
