package io.datamill.step.decide;

import io.datamill.config.Suggestion;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The YAML that a rule set is written in: plain mappings, lists and texts, and every mistake with its line. */
final class RuleYaml {
    /** Deeper than any rule set is. */
    private static final int MAX_DEPTH = 8;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).build();

    private final String where;
    private final List<String> mistakes = new ArrayList<>();

    /** @param where the file, for messages */
    RuleYaml(String where) {
        this.where = where;
    }

    /** The document's top, or null with the mistake told. */
    Node root(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Optional<Node> root = isPlain(text) ? new Compose(SETTINGS).composeString(text) : Optional.empty();
            if (root.isEmpty() && mistakes.isEmpty()) {
                wrong(Optional.empty(), "it is empty");
            }
            return root.orElse(null);
        } catch (CharacterCodingException e) {
            wrong(Optional.empty(), "it is no UTF-8 text");
        } catch (MarkedYamlEngineException e) {
            wrong(e.getProblemMark(), "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            wrong(Optional.empty(), "not YAML: " + e.getMessage());
        }
        return null;
    }

    /** Tells of aliases and of what is nested too deep; false then. */
    private boolean isPlain(String text) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof AliasEvent alias) {
                wrong(event.getStartMark(), "alias '*" + alias.getAlias() + "': write the value out");
            } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                wrong(event.getStartMark(), "nested more than " + MAX_DEPTH + " levels deep");
                return false;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return mistakes.isEmpty();
    }

    /**
     * A mapping's values by key.
     *
     * @param at the path of the mapping; empty at the top
     */
    Map<String, Node> mapping(Node node, String at, List<String> known) {
        Map<String, Node> values = new HashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            wrong(node.getStartMark(), below(at, "expected a mapping of " + String.join(", ", known)));
            return values;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            Optional<Mark> mark = entry.getKeyNode().getStartMark();
            if (!known.contains(key)) {
                wrong(mark, below(at, "no key '" + key + "'" + Suggestion.amongOrAll(key, known)));
            } else if (values.putIfAbsent(key, entry.getValueNode()) != null) {
                wrong(mark, below(at, "duplicate key '" + key + "'"));
            }
        }
        return values;
    }

    /** The text under a key; null where there is none, or it is none and that has been told. */
    String text(Map<String, Node> values, String key, String at) {
        Node node = values.get(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && !node.getTag().equals(Tag.NULL)) {
            return scalar.getValue();
        }
        wrong(node.getStartMark(), below(at, key + ": expected a text"));
        return null;
    }

    void wrong(Optional<Mark> mark, String mistake) {
        String line = mark.map(place -> ":" + (place.getLine() + 1)).orElse("");
        mistakes.add(where + line + ": " + mistake);
    }

    /** Every mistake so far; it grows. */
    List<String> mistakes() {
        return mistakes;
    }

    private static String below(String at, String message) {
        return at.isEmpty() ? message : at + ": " + message;
    }
}
