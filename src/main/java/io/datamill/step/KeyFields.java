package io.datamill.step;

import io.datamill.event.EventKey;
import java.util.List;
import org.apache.avro.Schema;

/** The option {@code key} of a step that remembers: the fields, besides the tenant, that its state is about. */
public final class KeyFields {
    private KeyFields() {}

    /** @throws IllegalArgumentException unless there is at least one, and none twice */
    public static List<String> require(List<String> key) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException("key is missing; give at least one field");
        }
        if (key.stream().distinct().count() < key.size()) {
            throw new IllegalArgumentException("key is " + key + ", expected each field once");
        }
        return List.copyOf(key);
    }

    /** Whether all can be part of a key, with every problem reported. */
    public static boolean check(List<String> key, Planning planning) {
        boolean good = true;
        for (int i = 0; i < key.size(); i++) {
            good &= check("key[" + i + "]", key.get(i), planning);
        }
        return good;
    }

    /** Whether a field can be part of a key, with the problem reported at {@code option}. */
    public static boolean check(String option, String name, Planning planning) {
        Schema.Field field = planning.field(option, name);
        if (field == null) {
            return false;
        }
        if (!EventKey.canHold(field.schema())) {
            planning.problem(
                    option,
                    "field '" + name + "' is " + FieldTypes.describe(field.schema())
                            + ", expected a string, integer or boolean");
            return false;
        }
        return true;
    }

    /** Where the fields are in the schema. */
    public static int[] positions(List<String> fields, Schema schema) {
        return fields.stream().mapToInt(name -> schema.getField(name).pos()).toArray();
    }
}
