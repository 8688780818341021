package io.datamill.step.transform;

import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import java.util.List;
import org.apache.avro.Schema;

/** The positions of fields that have to be strings. */
final class StringFields {
    private StringFields() {}

    /** @return null where a problem was reported */
    static int[] plan(Planning planning, List<String> fields, String advice) {
        int[] positions = new int[fields.size()];
        boolean right = true;
        for (int i = 0; i < positions.length; i++) {
            String option = "fields[" + i + "]";
            Schema.Field field = planning.field(option, fields.get(i));
            right &= field != null;
            if (fields.indexOf(fields.get(i)) < i) {
                planning.problem(option, "field '" + fields.get(i) + "' is named twice");
                right = false;
            } else if (field != null && !FieldTypes.isString(field.schema())) {
                planning.problem(
                        option,
                        "field '" + field.name() + "' is " + FieldTypes.describe(field.schema())
                                + ", expected a string; " + advice);
                right = false;
            } else if (field != null) {
                positions[i] = field.pos();
            }
        }
        return right ? positions : null;
    }
}
