package io.datamill.step.fitted;

import io.datamill.event.Event;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The numeric fields that a verb reads, and where it puts what it makes of each. */
final class Columns implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What a verb makes of one number that is not null. */
    interface Mapping {
        Object map(int column, double value);
    }

    private final NumericField[] fields;
    private final int[] targets;
    private final int added;

    private Columns(List<NumericField> fields, int[] targets, int added) {
        this.fields = fields.toArray(NumericField[]::new);
        this.targets = targets;
        this.added = added;
    }

    /**
     * Fields that are read and replaced, or written to new ones; nullable where they are.
     *
     * @param type of the results
     * @return null where a problem was reported
     */
    static Columns plan(List<String> names, Map<String, String> into, Schema type, Planning planning) {
        Columns read = read(names, planning);
        if (read == null) {
            return null;
        }
        int[] targets = new int[names.size()];
        for (int i = 0; i < targets.length; i++) {
            boolean nullable = planning.input().getField(names.get(i)).schema().isNullable();
            targets[i] = Options.target(names.get(i), into, nullable ? FieldTypes.nullable(type) : type, planning);
        }
        return new Columns(List.of(read.fields), targets, into.size());
    }

    /** Fields that are only read. */
    static Columns read(List<String> names, Planning planning) {
        List<NumericField> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(NumericField.plan("fields[" + i + "]", names.get(i), planning));
        }
        return fields.contains(null) ? null : new Columns(fields, new int[0], 0);
    }

    int size() {
        return fields.length;
    }

    boolean isNull(int column, Object[] values) {
        return fields[column].isNull(values);
    }

    /** NaN for null. */
    double read(int column, Object[] values) {
        return fields[column].read(values);
    }

    /**
     * The event's values with the results in their places; null stays null.
     *
     * @param more room for other new fields behind
     */
    Object[] map(Event event, int more, Mapping mapping) {
        Object[] before = event.values();
        Object[] values = event.widened(added + more);
        for (int i = 0; i < fields.length; i++) {
            values[targets[i]] = fields[i].isNull(before) ? null : mapping.map(i, fields[i].read(before));
        }
        return values;
    }
}
