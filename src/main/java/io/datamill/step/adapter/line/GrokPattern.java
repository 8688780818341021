package io.datamill.step.adapter.line;

import io.datamill.schema.Fields;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.adapter.line.LinePattern.OnMismatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** A grok pattern made one regular expression, and the fields it captures. */
public final class GrokPattern {
    /** What these capture has quotes around it, which are no part of the value. */
    private static final Set<String> QUOTED = Set.of("QS", "QUOTEDSTRING");

    private final NamedGroups groups;
    private final Map<String, List<Capture>> captures = new LinkedHashMap<>();
    private final Map<String, String> types = new HashMap<>();

    /**
     * @param own definitions beside the library's, or in place of them; null for none
     * @throws IllegalArgumentException beginning with the option that is wrong: pattern or patterns
     */
    public GrokPattern(String pattern, Map<String, String> own) {
        Map<String, String> definitions = new HashMap<>(GrokLibrary.definitions());
        if (own != null) {
            for (String name : own.keySet()) {
                if (!name.matches("\\w+")) {
                    throw new IllegalArgumentException(
                            "patterns has '" + name + "', expected a name of letters, digits and _");
                }
            }
            definitions.putAll(own);
        }
        try {
            this.groups = new NamedGroups(GrokExpansion.of(pattern, definitions));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pattern " + e.getMessage(), e);
        }
        groups.groups().forEach(this::add);
    }

    /** @throws IllegalArgumentException beginning with the option that is wrong: pattern or patterns */
    public static void requireValid(String pattern, Map<String, String> own) {
        if (pattern == null || pattern.isEmpty()) {
            throw new IllegalArgumentException("pattern is missing; give one such as \"%{COMBINEDAPACHELOG}\"");
        }
        GrokPattern ignored = new GrokPattern(pattern, own);
    }

    private void add(String group, List<Integer> numbers) {
        // A group that is written as one, (?<name>...), is a field too.
        String field = GrokExpansion.field(group).isEmpty() ? group : GrokExpansion.field(group);
        boolean quoted = !field.equals(group) && QUOTED.contains(GrokExpansion.name(group));
        List<Capture> found = captures.computeIfAbsent(field, name -> new ArrayList<>());
        numbers.forEach(number -> found.add(new Capture(number, quoted)));
        if (!GrokExpansion.type(group).isEmpty()) {
            types.putIfAbsent(field, GrokExpansion.type(group));
        }
    }

    /**
     * @param fields null for all that the pattern captures, null where they take no part: strings, or of the type behind
     * @return null where a problem was reported
     */
    public LinePattern plan(
            Fields fields, OnMismatch onMismatch, String nullMarker, BiConsumer<String, String> problems) {
        Fields given = fields == null ? all(problems) : fields;
        return given == null
                ? null
                : LinePattern.plan(
                        new LinePattern.Groups(groups.regex(), captures), given, onMismatch, nullMarker, problems);
    }

    private Fields all(BiConsumer<String, String> problems) {
        List<Schema.Field> fields = new ArrayList<>();
        Map<String, String> formats = new HashMap<>();
        for (String name : captures.keySet()) {
            if (!Planning.isName(name)) {
                problems.accept("pattern", "captures '" + name + "', which is no name for a field; give fields");
                return null;
            }
            String type = types.getOrDefault(name, "string");
            if (type.startsWith("date;")) {
                formats.put(name, type.substring("date;".length()));
                type = "timestamp";
            }
            try {
                Schema schema = TypeText.parse(type.equals("float") ? "double" : type);
                fields.add(new Schema.Field(name, TypeText.nullable(schema)));
            } catch (IllegalArgumentException e) {
                problems.accept("pattern", "captures '" + name + "' as '" + type + "': " + e.getMessage());
                return null;
            }
        }
        if (fields.isEmpty()) {
            problems.accept("pattern", "captures nothing; write %{NAME:field}");
            return null;
        }
        return new Fields(Schema.createRecord("Event", null, "io.datamill.fields", false, fields), formats);
    }
}
