package io.datamill.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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

/** One YAML document of the plain kind: no aliases, no duplicate keys, no surprises. */
final class YamlText {
    static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 32;

    /** Duplicate keys and aliases are looked for here, so that all are told and not only the first. */
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .build();

    private final Problems problems;

    YamlText(Problems problems) {
        this.problems = problems;
    }

    /** The document's mapping, or empty with the problem reported. */
    Optional<MappingNode> read(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            problems.add("", "more than 1 MiB");
            return Optional.empty();
        }
        try {
            if (!isPlain(text)) {
                return Optional.empty();
            }
            Node root = new Compose(SETTINGS).composeString(text).orElse(null);
            if (root instanceof MappingNode mapping) {
                problems.locate("", mapping);
                problems.below("").forEach(this::refuseDuplicates);
                return Optional.of(mapping);
            }
            problems.add("", "expected a mapping that begins with 'pipeline: NAME'");
        } catch (MarkedYamlEngineException e) {
            String context = e.getContext() == null ? "" : e.getContext() + ": ";
            problems.add("", e.getProblemMark(), "not YAML: " + context + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add("", "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Reports aliases; false if the text is nested too deep to be read any further. */
    private boolean isPlain(String text) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof AliasEvent alias) {
                problems.add("", event.getStartMark(), "alias '*" + alias.getAlias() + "': write the value out");
            } else if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                problems.add("", event.getStartMark(), "nested more than " + MAX_DEPTH + " levels deep");
                return false;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return true;
    }

    private void refuseDuplicates(String path, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        Map<String, Integer> lines = new HashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            Optional<Mark> mark = entry.getKeyNode().getStartMark();
            if (entry.getKeyNode() instanceof ScalarNode key) {
                Integer first = lines.putIfAbsent(
                        key.getValue(), mark.map(Mark::getLine).orElse(0) + 1);
                if (first != null) {
                    problems.add(
                            Problems.below(path, key.getValue()), mark, "duplicate key; the first is in line " + first);
                }
            } else {
                problems.add(path, mark, "a key has to be text");
            }
        }
    }
}
