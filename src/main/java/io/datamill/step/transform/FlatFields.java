package io.datamill.step.transform;

import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** The fields after the step, while they are found. */
final class FlatFields {
    private final String separator;
    private final Set<String> kept = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<Schema.Field> given = new ArrayList<>();
    private final List<int[]> paths = new ArrayList<>();
    private boolean right = true;

    FlatFields(String separator) {
        this.separator = separator;
    }

    void keep(Schema.Field field) {
        kept.add(field.name());
        names.add(field.name());
    }

    boolean spread(Planning planning, List<String> fields) {
        for (Schema.Field field : planning.input().getFields()) {
            if (kept.contains(field.name())) {
                given.add(field);
                paths.add(new int[] {field.pos()});
            } else {
                Place place =
                        new Place(planning, "fields[" + fields.indexOf(field.name()) + "]", new int[] {field.pos()});
                spread(place, field.name(), field.schema(), false, new HashSet<>());
            }
        }
        return right;
    }

    /** @param around the names of the records that this one is part of */
    private void spread(Place place, String name, Schema schema, boolean nullable, Set<String> around) {
        Schema record = FieldTypes.withoutNull(schema);
        if (record.getType() != Schema.Type.RECORD) {
            add(place, name, nullable ? FieldTypes.nullable(schema) : schema);
            return;
        }
        if (!around.add(record.getFullName())) {
            place.planning.problem(place.option, "record " + record.getName() + " is part of itself, without end");
            right = false;
            return;
        }
        boolean mayBeNull = nullable || schema.isNullable();
        record.getFields()
                .forEach(field -> spread(
                        place.below(field.pos()), name + separator + field.name(), field.schema(), mayBeNull, around));
        around.remove(record.getFullName());
    }

    private void add(Place place, String name, Schema schema) {
        if (!names.add(name) || !Planning.isName(name)) {
            place.planning.problem(
                    place.option,
                    "would give field '" + name + "', "
                            + (Planning.isName(name)
                                    ? "which is there already; rename that one or set separator"
                                    : "which is no name for a field: at most 127 characters"));
            right = false;
            return;
        }
        given.add(new Schema.Field(name, schema));
        paths.add(place.path);
    }

    List<Schema.Field> given() {
        return given;
    }

    Set<String> kept() {
        return kept;
    }

    int[][] paths() {
        return paths.toArray(int[][]::new);
    }

    /** Where a value is found, and where its problems are told. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Place(Planning planning, String option, int[] path) {
        Place below(int position) {
            int[] deeper = Arrays.copyOf(path, path.length + 1);
            deeper[path.length] = position;
            return new Place(planning, option, deeper);
        }
    }
}
