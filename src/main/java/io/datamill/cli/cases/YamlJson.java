package io.datamill.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML as JSON, numbers with all their digits, and as text again. */
final class YamlJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private YamlJson() {}

    static JsonNode of(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = NODES.objectNode();
            for (NodeTuple entry : mapping.getValue()) {
                object.set(text(entry.getKeyNode()), of(entry.getValueNode()));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = NODES.arrayNode();
            sequence.getValue().forEach(element -> array.add(of(element)));
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        try {
            if (tag.equals(Tag.NULL)) {
                return NODES.nullNode();
            }
            if (tag.equals(Tag.BOOL)) {
                return NODES.booleanNode(Boolean.parseBoolean(text));
            }
            if (tag.equals(Tag.INT)) {
                return NODES.numberNode(new BigInteger(text));
            }
            return tag.equals(Tag.FLOAT) ? NODES.numberNode(new BigDecimal(text)) : NODES.textNode(text);
        } catch (NumberFormatException e) {
            return NODES.textNode(text); // Such as .nan, which JSON has no number for.
        }
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** A list's elements; another value is the only one. */
    static List<JsonNode> list(Node node) {
        JsonNode value = of(node);
        List<JsonNode> list = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(list::add);
        } else {
            list.add(value);
        }
        return list;
    }

    /** The entries of a mapping by name. */
    static List<Map.Entry<String, Node>> entries(Node node) {
        List<Map.Entry<String, Node>> entries = new ArrayList<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> entries.add(Map.entry(text(entry.getKeyNode()), entry.getValueNode())));
        }
        return entries;
    }

    /** As text, which stands on lines of its own, indented. */
    static String yaml(Node node, int indent) {
        DumpSettings settings = DumpSettings.builder().setWidth(10_000).build();
        return new Present(settings).emitToString(new Serialize(settings).serializeOne(node).iterator()).indent(indent);
    }
}
