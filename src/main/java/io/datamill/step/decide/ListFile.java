package io.datamill.step.decide;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.enrich.TenantLists;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A tenant's allow or deny list as the options have it. */
record ListFile(
        @OptionDoc(
                "The path of a text file of lines tenant,value, as of the step lists. Read again within 30 s of an"
                        + " event when it has changed; one that cannot be read leaves the old one in use and is logged at ERROR.")
        Reference file,

        @OptionDoc("The string fields whose values are looked for on it.")
        List<String> fields) {
    ListFile {
        if (file == null) {
            throw new IllegalArgumentException("file is missing; give the path of a list of tenant,value");
        }
        if (fields == null || fields.isEmpty()) {
            throw new IllegalArgumentException("fields is missing; give the string fields to look for on the list");
        }
        fields = List.copyOf(fields);
    }

    /** @param option what it is an option of, for problems */
    TenantLists.Source plan(String option, Planning planning) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String at = option + ".fields[" + i + "]";
            Schema.Field field = planning.field(at, fields.get(i));
            if (field != null && !FieldTypes.isString(field.schema())) {
                planning.problem(
                        at,
                        "field '" + field.name() + "' is " + FieldTypes.describe(field.schema())
                                + ", expected a string");
            } else if (field != null) {
                positions.add(field.pos());
            }
        }
        return new TenantLists.Source(file, positions);
    }
}
