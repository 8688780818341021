package io.datamill.cli.training;

import io.datamill.step.score.FieldPath;
import org.apache.avro.Schema;

/**
 * Reads the label of a row: true for what should be stopped.
 *
 * @param option for messages
 * @param bad the value that stands for it; null: true or 1
 */
record Truth(String field, FieldPath path, String bad) {

    /** @throws IllegalArgumentException if there is no such field */
    static Truth of(Schema schema, String field, String bad) {
        return new Truth(field, Values.plain(schema, "--label", field), bad);
    }

    /**
     * Null where the row has no label.
     *
     * @throws IllegalArgumentException if its value is neither true nor false, 1 nor 0, and no {@code --bad} was given
     */
    Boolean of(Object[] values) {
        String value = Values.text(path, values);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (bad != null) {
            return value.equals(bad);
        }
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new IllegalArgumentException("--label: '" + field + "' is '" + excerpt(value)
                        + "'; expected true or false, 1 or 0, or give --bad VALUE for what should be stopped");
        };
    }

    private static String excerpt(String value) {
        return value.length() > 40 ? value.substring(0, 40) + "..." : value;
    }
}
