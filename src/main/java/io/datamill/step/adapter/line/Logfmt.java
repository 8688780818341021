package io.datamill.step.adapter.line;

import io.datamill.config.OptionDoc;
import io.datamill.config.Suggestion;
import io.datamill.config.VerbDoc;
import io.datamill.schema.Fields;
import io.datamill.schema.TypeText;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.TextInput;
import io.datamill.step.adapter.TextValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** Lines of key=value pairs. */
public final class Logfmt {
    /** The field that {@code unknown: keep} adds. */
    static final String KEPT = "unknown";

    private Logfmt() {}

    /** What is done about keys that no field takes. */
    public enum Unknown {
        KEEP,
        IGNORE,
        REFUSE
    }

    /** The keys and their fields. */
    @VerbDoc(
            purpose = "Reads lines of logfmt: key=value pairs with white space between, values with white space in quotes,"
                    + " in which \\\" \\\\ \\/ \\n \\t \\r \\b \\f and \\u0000 are escapes. Each line that is not blank is"
                    + " an event. gzip and zlib are recognised.",
            signature = "record → fields, each of its key",
            errors = "MALFORMED_PAIR, DUPLICATE_NAME (a key that is taken and stands twice), UNKNOWN_FIELD, LINE_TOO_LONG,"
                    + " WRONG_TYPE, OUT_OF_RANGE and MISSING_FIELD reject the line; MALFORMED_TEXT, BROKEN_COMPRESSION and"
                    + " INFLATED_TOO_LARGE the record. A key alone is true for a boolean and null for all else; key= is"
                    + " the empty text for a string and null for all else; a key that is not there is null.",
            example = """
                    adapter:
                      logfmt:
                        fields: { at: timestamp, level: "enum(info,warn)", msg: string, took_ms: double?, cached: boolean? }
                        names: { at: time, took_ms: took.ms }
                    input: 'time=2026-01-31T12:00:00Z level=info msg="said \\"hi\\"" took.ms=1.5 cached other=1'
                    output:
                      - { at: 2026-01-31T12:00:00Z, level: info, msg: 'said "hi"', took_ms: 1.5, cached: true }
                    """)
    public record Config(
            @OptionDoc("The fields and their types, as { name: type }: those of single values. timestamp[dd/MMM/yyyy:HH:mm:ss"
                    + " Z] and date[...] have their format in brackets.")
                    Fields fields,
            @OptionDoc(
                            value = "The keys of those fields whose key is not their name, as { field: key }.",
                            otherwise = "{}")
                    Map<String, String> names,
            @OptionDoc(
                            value = "Keys that no field takes: ignore, refuse (UNKNOWN_FIELD), or keep, which adds a field"
                                    + " unknown: map<string>; a key alone has the empty text there.",
                            otherwise = "ignore")
                    Unknown unknown,
            @OptionDoc(value = "The charset of the records.", otherwise = "utf-8") String charset,
            @OptionDoc(value = "Characters of the longest line, 1 to 1048576.", otherwise = "8192") Integer maxLine)
            implements AdapterConfig {
        public Config {
            if (fields == null) {
                throw new IllegalArgumentException("fields is missing; give { name: type } for each key");
            }
            names = names == null ? Map.of() : Map.copyOf(names);
            unknown = unknown == null ? Unknown.IGNORE : unknown;
            TextInput.charset(charset);
            LineOptions.checkedMaxLine(maxLine);
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            List<Schema.Field> planned = new ArrayList<>();
            Map<String, String> taken = new HashMap<>();
            int[] mistakes = new int[1];
            BiConsumer<String, String> counted = (option, message) -> {
                mistakes[0]++;
                problems.accept(option, message);
            };
            for (Schema.Field field : fields.schema().getFields()) {
                planned.add(new Schema.Field(field, field.schema()));
                check(field, taken, counted);
            }
            for (String name : names.keySet()) {
                if (fields.schema().getField(name) == null) {
                    var known = fields.schema().getFields().stream().map(Schema.Field::name).toList();
                    counted.accept("names." + name, "no field '" + name + "'" + Suggestion.among(name, known));
                }
            }
            if (unknown == Unknown.KEEP) {
                if (fields.schema().getField(KEPT) != null) {
                    counted.accept("unknown", "keep adds a field '" + KEPT + "', which is there already");
                    return null;
                }
                planned.add(new Schema.Field(KEPT, TypeText.parse("map<string>")));
            }
            Schema schema = Schema.createRecord(
                    fields.schema().getName(), null, fields.schema().getNamespace(), false, planned);
            return mistakes[0] > 0
                    ? null
                    : new LineAdapter(
                            new LogfmtReader(new Fields(schema, fields.formats()), names, unknown),
                            LineOptions.of(charset, Lines.MANY, maxLine));
        }

        private void check(Schema.Field field, Map<String, String> taken, BiConsumer<String, String> problems) {
            String other = taken.put(names.getOrDefault(field.name(), field.name()), field.name());
            if (other != null) {
                problems.accept("names." + field.name(), "has the key of '" + other + "'");
            }
            try {
                TextValue.of(field.name(), field.schema(), fields.formats().get(field.name()));
            } catch (IllegalArgumentException e) {
                problems.accept("fields." + field.name(), e.getMessage());
            }
        }
    }
}
