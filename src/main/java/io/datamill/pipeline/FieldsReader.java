package io.datamill.pipeline;

import io.datamill.schema.Fields;
import io.datamill.schema.TypeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads {@code { name: type }}: types as {@link TypeText} has them, with a format in brackets behind; a mapping is a
 * record, a list of one an array. A name with a question mark behind it makes a record or array nullable.
 */
final class FieldsReader {
    private static final Pattern FORMATTED = Pattern.compile("(timestamp|date)\\[(.+)](\\??)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,126}");
    private static final int DEEPEST = 16;

    private final Problems problems;
    private final Map<String, String> formats = new HashMap<>();
    private final Set<String> records = new HashSet<>();

    FieldsReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Fields> read(Node node, String path) {
        int before = problems.count();
        Schema schema = record(node, path, "", 0);
        return problems.count() == before ? Optional.of(new Fields(schema, formats)) : Optional.empty();
    }

    private Schema record(Node node, String path, String at, int depth) {
        String record = unique(at.isEmpty() ? "Event" : at.replace("[]", "").replace('.', '_'));
        List<Schema.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        if (depth > DEEPEST) {
            problems.add(path, "records and arrays are nested more than " + DEEPEST + " deep");
        } else if (!(node instanceof MappingNode) || Binder.entries(node).isEmpty()) {
            problems.add(path, "expected fields such as { name: string, count: long? }, but read " + Binder.read(node));
        } else {
            for (NodeTuple entry : Binder.entries(node)) {
                String written = Binder.text(entry.getKeyNode());
                String name = written.endsWith("?") ? written.substring(0, written.length() - 1) : written;
                String below = Problems.below(path, written);
                boolean named = NAME.matcher(name).matches();
                if (!named || !names.add(name)) {
                    String told = named
                            ? "field '" + name + "' is named twice"
                            : "'" + name + "' is no name for a field: letters, digits and _, no digit in front";
                    problems.add(below, entry.getKeyNode().getStartMark(), told);
                    continue;
                }
                Schema type = type(entry.getValueNode(), below, Problems.below(at, name), depth);
                fields.add(new Schema.Field(name, written.endsWith("?") ? TypeText.nullable(type) : type));
            }
        }
        return Schema.createRecord(record, null, "io.datamill.fields", false, fields);
    }

    /** Avro knows a type by its name: {@code a: { b: {...} }} and {@code a_b: {...}} are two. */
    private String unique(String name) {
        String free = name;
        for (int i = 2; !records.add(free); i++) {
            free = name + "__" + i;
        }
        return free;
    }

    private Schema type(Node node, String path, String at, int depth) {
        if (node instanceof SequenceNode list && list.getValue().size() == 1) {
            return Schema.createArray(type(list.getValue().get(0), path + "[0]", at + "[]", depth + 1));
        }
        if (!(node instanceof ScalarNode scalar)) {
            return record(node, path, at, depth + 1);
        }
        Matcher formatted = FORMATTED.matcher(scalar.getValue());
        String type = scalar.getValue();
        if (formatted.matches()) {
            formats.put(at, formatted.group(2));
            type = formatted.group(1) + formatted.group(3);
        }
        try {
            return TypeText.parse(type);
        } catch (IllegalArgumentException e) {
            problems.add(path, e.getMessage());
            return TypeText.parse("string");
        }
    }
}
