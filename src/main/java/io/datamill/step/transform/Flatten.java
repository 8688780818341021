package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Brings the fields of records to the top level, where the record stood, to any depth. */
public final class Flatten implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** Which records, and what stands between the names. */
    @VerbDoc(
            purpose = "Brings the fields of records to the top level, records within records too; arrays and maps stay"
                    + " as they are. Where a record may be null, so may all its fields.",
            signature = "{a: T, b: {c: U}} → T, U; {…}? → T?, U?",
            example = """
                    step: { flatten: { fields: [geo] } }
                    fields: { ip: string, geo?: { country: string, at: { lat: double, lon: double } } }
                    input:
                      - { ip: 192.0.2.1, geo: { country: DE, at: { lat: 52.5, lon: 13.4 } } }
                      - { ip: 192.0.2.2, geo: null }
                    output:
                      - { ip: 192.0.2.1, geo_country: DE, geo_at_lat: 52.5, geo_at_lon: 13.4 }
                      - { ip: 192.0.2.2, geo_country: null, geo_at_lat: null, geo_at_lon: null }
                    """)
    public record Config(
            @OptionDoc("The records to flatten, each once.") List<String> fields,
            @OptionDoc(value = "What stands between the names: letters, digits and _; may be empty.", otherwise = "_")
                    String separator)
            implements StepConfig {
        public Config {
            if (fields == null || fields.isEmpty()) {
                throw new IllegalArgumentException("fields is missing; give the records to flatten, such as [geo]");
            }
            separator = separator == null ? "_" : separator;
            if (!separator.matches("[A-Za-z0-9_]{0,8}")) {
                throw new IllegalArgumentException(
                        "separator is '" + separator + "', expected at most 8 letters, digits and _");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            FlatFields flat = new FlatFields(separator);
            for (Schema.Field field : planning.input().getFields()) {
                if (!fields.contains(field.name())) {
                    flat.keep(field);
                }
            }
            boolean right = true;
            for (int i = 0; i < fields.size(); i++) {
                right &= isRecord(planning, "fields[" + i + "]", i);
            }
            if (!right || !flat.spread(planning, fields)) {
                return null;
            }
            planning.give(flat.given(), flat.kept());
            return new Flatten(flat.paths());
        }

        private boolean isRecord(Planning planning, String option, int at) {
            String name = fields.get(at);
            Schema.Field field = planning.field(option, name);
            if (field == null) {
                return false;
            }
            if (fields.indexOf(name) < at) {
                planning.problem(option, "field '" + name + "' is named twice");
                return false;
            }
            if (FieldTypes.withoutNull(field.schema()).getType() != Schema.Type.RECORD) {
                planning.problem(
                        option,
                        "field '" + name + "' is " + FieldTypes.describe(field.schema()) + ", expected a record");
                return false;
            }
            return true;
        }
    }

    /** Where each value is: positions, from the event down. */
    private final int[][] paths;

    private Flatten(int[][] paths) {
        this.paths = paths;
    }

    @Override
    public Event apply(Event event) {
        Object[] values = new Object[paths.length];
        for (int i = 0; i < paths.length; i++) {
            Object value = event.values()[paths[i][0]];
            for (int depth = 1; depth < paths[i].length && value != null; depth++) {
                value = ((IndexedRecord) value).get(paths[i][depth]);
            }
            values[i] = value;
        }
        return event.withValues(values);
    }

    /** The fields after the step, while they are found. */
    private static final class FlatFields {
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
                    Place place = new Place(
                            planning, "fields[" + fields.indexOf(field.name()) + "]", new int[] {field.pos()});
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
                                + (Planning.isName(name) ? "which is there already; rename that one or set separator"
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
