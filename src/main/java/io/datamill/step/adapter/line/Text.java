package io.datamill.step.adapter.line;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.schema.Fields;
import io.datamill.step.Planning;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.TextInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Lines of text, by the named groups of a regular expression. */
public final class Text {
    private Text() {}

    /** The pattern and its fields. */
    @VerbDoc(
            purpose = "Reads lines of text by a regular expression of java.util.regex, which has to fit the whole line. Each"
                    + " line that is not blank is an event. gzip and zlib are recognised.",
            signature = "record → fields, each of its named group",
            errors = "NO_MATCH, LINE_TOO_LONG, MATCH_TIMEOUT (the pattern looked at 10,000,000 characters, about 100 ms),"
                    + " MATCH_TOO_DEEP, WRONG_TYPE, OUT_OF_RANGE and MISSING_FIELD reject the line; MALFORMED_TEXT,"
                    + " BROKEN_COMPRESSION and INFLATED_TOO_LARGE the record. A group that takes no part gives null.",
            example = """
                    adapter:
                      text:
                        pattern: '(?<remote_ip>\\S+) (?<status>\\d{3})(?: (?<ms>\\d+)ms)?'
                        fields: { remote_ip: string, status: int, ms: long? }
                    input: ["192.0.2.1 200 17ms\\n192.0.2.2 404"]
                    output:
                      - { remote_ip: 192.0.2.1, status: 200, ms: 17 }
                      - { remote_ip: 192.0.2.2, status: 404, ms: null }
                    """)
    public record Config(
            @OptionDoc("The expression, with a group such as (?<status>\\d{3}) for each field. A name may stand several"
                    + " times, in alternatives: the first that took part is taken.")
                    String pattern,
            @OptionDoc("The fields and their types, as { name: type }: those of single values. timestamp[dd/MMM/yyyy:HH:mm:ss"
                    + " Z] and date[...] have their format in brackets.")
                    Fields fields,
            @OptionDoc(value = "The charset of the records.", otherwise = "utf-8") String charset,
            @OptionDoc(value = "Whether a record has many lines, or is a single one whatever is in it.", otherwise = "many")
                    Lines lines,
            @OptionDoc(
                            value = "What becomes of a line that does not fit: reject, or nulls for an event whose fields are"
                                    + " all null.",
                            otherwise = "reject")
                    LinePattern.OnMismatch onMismatch,
            @OptionDoc(value = "The text that stands for null, such as \"-\".", otherwise = "none") String nullMarker,
            @OptionDoc(value = "Characters of the longest line, 1 to 1048576.", otherwise = "8192") Integer maxLine)
            implements AdapterConfig {
        public Config {
            if (pattern == null || pattern.isEmpty()) {
                throw new IllegalArgumentException("pattern is missing; give an expression such as (?<ip>\\S+) (?<rest>.*)");
            }
            if (fields == null) {
                throw new IllegalArgumentException("fields is missing; give { name: type } for each named group");
            }
            compiled(pattern);
            TextInput.charset(charset);
            LineOptions.checkedMaxLine(maxLine);
            onMismatch = onMismatch == null ? LinePattern.OnMismatch.REJECT : onMismatch;
        }

        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            NamedGroups found = compiled(pattern);
            Map<String, List<Capture>> captures = new LinkedHashMap<>();
            boolean right = true;
            for (Map.Entry<String, List<Integer>> group : found.groups().entrySet()) {
                String name = group.getKey();
                captures.put(name, group.getValue().stream().map(number -> new Capture(number, false)).toList());
                if (fields.schema().getField(name) == null) {
                    problems.accept("pattern", "group '" + name + "' has no field"
                            + (Planning.isName(name) ? "; add it to fields, or make it (?:...)" : ""));
                    right = false;
                }
            }
            LinePattern planned = LinePattern.plan(
                    new LinePattern.Groups(found.regex(), captures), fields, onMismatch, nullMarker, problems);
            return right && planned != null
                    ? new LineAdapter(new PatternReader(planned), LineOptions.of(charset, lines, maxLine))
                    : null;
        }

        private static NamedGroups compiled(String pattern) {
            try {
                return new NamedGroups(pattern);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("pattern " + e.getMessage(), e);
            }
        }
    }
}
