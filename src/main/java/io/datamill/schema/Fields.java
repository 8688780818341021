package io.datamill.schema;

import java.io.Serializable;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The fields of an event as the YAML says them: a name and its type each, nested mappings for records, a list of one
 * mapping for an array of records.
 *
 * @param schema a record, all of whose strings are Java strings
 * @param formats what a type has in brackets behind it, such as {@code dd/MMM/yyyy:HH:mm:ss Z} of
 *     {@code timestamp[dd/MMM/yyyy:HH:mm:ss Z]}, by the dotted path of the field; an array's elements are {@code []}
 */
public record Fields(Schema schema, Map<String, String> formats) implements Serializable {
    public Fields {
        formats = Map.copyOf(formats);
    }
}
