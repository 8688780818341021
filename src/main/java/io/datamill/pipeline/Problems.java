package io.datamill.pipeline;

import io.datamill.config.Reference;
import io.datamill.config.Reference.UnresolvedReferenceException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Collects the mistakes of one file and knows where each option stands in it. */
final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Set<String> paths = new HashSet<>();
    private final NavigableMap<String, Node> nodes = new TreeMap<>();
    private final Set<Node> located = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Remembers where everything below a node stands. */
    void locate(String path, Node node) {
        if (!located.add(node)) {
            return; // An alias, reported already; followed, it could lead in a circle.
        }
        nodes.put(path, node);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    locate(below(path, key.getValue()), entry.getValueNode());
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            for (int i = 0; i < sequence.getValue().size(); i++) {
                locate(path + '[' + i + ']', sequence.getValue().get(i));
            }
        }
    }

    /** Remembers that a misspelt option stands for another: what is said of that one is told where it is written. */
    void locate(String written, String meant) {
        below(written).forEach((at, node) -> nodes.putIfAbsent(meant + at.substring(written.length()), node));
    }

    static String below(String path, String option) {
        boolean joined = path.isEmpty() || option.isEmpty() || option.startsWith("[");
        return joined ? path + option : path + '.' + option;
    }

    /** A mistake in the value at a path, or in the nearest value around it that the file has. */
    void add(String path, String message) {
        String around = path;
        while (!nodes.containsKey(around) && !around.isEmpty()) {
            around = around.substring(0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
        }
        add(path, Optional.ofNullable(nodes.get(around)).flatMap(Node::getStartMark), message);
    }

    void add(String path, Optional<Mark> mark, String message) {
        found.add(new Problem(
                path,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                message));
        paths.add(path);
    }

    /** Unless there is another problem at that path already. */
    void addOnce(String path, String message) {
        if (!paths.contains(path)) {
            add(path, message);
        }
    }

    /** A reference below a path stands for nothing: told where it is written. */
    void unresolved(String path, UnresolvedReferenceException cause) {
        String at = below(path).entrySet().stream()
                .filter(value -> isCause(value.getValue(), cause))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(path);
        add(at, cause.getMessage());
    }

    private static boolean isCause(Node node, UnresolvedReferenceException cause) {
        try {
            new Reference(node instanceof ScalarNode scalar ? scalar.getValue() : "").resolve();
            return false;
        } catch (UnresolvedReferenceException e) {
            return String.valueOf(e.getMessage()).equals(cause.getMessage());
        }
    }

    int count() {
        return found.size();
    }

    /** The value at a path. */
    Optional<Node> node(String path) {
        return Optional.ofNullable(nodes.get(path));
    }

    /** The values at and below a path, with their paths. */
    Map<String, Node> below(String path) {
        Map<String, Node> selected = new TreeMap<>();
        for (Map.Entry<String, Node> entry : nodes.tailMap(path, true).entrySet()) {
            String at = entry.getKey();
            if (!at.startsWith(path)) {
                break;
            }
            if (path.isEmpty() || at.equals(path) || at.startsWith(path + '.') || at.startsWith(path + '[')) {
                selected.put(at, entry.getValue());
            }
        }
        return selected;
    }

    void throwIfAny() throws InvalidPipelineException {
        if (!found.isEmpty()) {
            throw new InvalidPipelineException(found.stream()
                    .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                    .toList());
        }
    }
}
