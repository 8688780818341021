package io.datamill.step.fitted;

import io.datamill.config.Reference;
import io.datamill.step.Planning;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** Checks of the options that several verbs have. */
final class Options {
    static final int MAX_FIELDS = 1_000;
    static final Schema DOUBLE = Schema.create(Schema.Type.DOUBLE);

    private Options() {}

    static void fields(Collection<String> fields) {
        if (fields == null || fields.isEmpty() || fields.size() > MAX_FIELDS) {
            throw new IllegalArgumentException("fields: expected 1 to " + MAX_FIELDS + " fields; found "
                    + (fields == null ? "none" : fields.size()));
        }
        Set<String> seen = new HashSet<>();
        for (String field : fields) {
            if (!seen.add(field)) {
                throw new IllegalArgumentException("fields: '" + field + "' is named twice");
            }
        }
    }

    static void fitted(Reference fitted) {
        if (fitted == null) {
            throw new IllegalArgumentException(
                    "fitted is missing; give the path of the file that `datamill fit` writes");
        }
    }

    static Map<String, String> into(Map<String, String> into, Collection<String> fields) {
        if (into == null) {
            return Map.of();
        }
        for (String field : into.keySet()) {
            if (!fields.contains(field)) {
                throw new IllegalArgumentException("into: '" + field + "' is not among the fields " + fields);
            }
        }
        return into;
    }

    static int within(String option, Integer given, int otherwise, int min, int max) {
        int value = given == null ? otherwise : given;
        if (value < min || value > max) {
            throw new IllegalArgumentException(option + ": expected " + min + " to " + max + ", but read " + value);
        }
        return value;
    }

    static String required(String option, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " is missing; give the name of a field");
        }
        return value;
    }

    /** Where the result of a field goes: a new field where {@code into} has one, else its own place. */
    static int target(String field, Map<String, String> into, Schema type, Planning planning) {
        String added = into.get(field);
        return added == null ? planning.replace(field, type) : planning.add("into." + field, added, type);
    }
}
