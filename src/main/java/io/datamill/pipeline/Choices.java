package io.datamill.pipeline;

import io.datamill.config.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/**
 * Reads {@code name: options}, where the name chooses the record that the options bind to.
 *
 * @param noun what is chosen, for messages: step, sink
 * @param known the names and their records
 */
record Choices<T>(String noun, Map<String, Class<? extends T>> known, Problems problems) {

    /**
     * What has been chosen.
     *
     * @param name as it is meant where it was misspelt
     * @param config empty where the options could not be read
     */
    record Chosen<T>(String path, String name, Optional<T> config) {}

    /** The choice of a mapping with one entry, or empty with the problem reported. */
    Optional<Chosen<T>> only(Node node, String path, Set<String> aside) {
        List<NodeTuple> entries = Binder.entries(node);
        if (entries.size() == 1) {
            return entry(entries.get(0), path, aside);
        }
        String read = entries.isEmpty()
                ? Binder.read(node)
                : entries.stream().map(entry -> Binder.text(entry.getKeyNode())).collect(Collectors.joining(", "));
        problems.add(path, "expected one " + noun + " with its options, but read " + read);
        return Optional.empty();
    }

    /** The choice of one entry; a misspelt name, once told, counts as the one that is clearly meant. */
    Optional<Chosen<T>> entry(NodeTuple entry, String around, Set<String> aside) {
        String written = Binder.text(entry.getKeyNode());
        String path = Problems.below(around, written);
        Optional<String> name = known.containsKey(written) ? Optional.of(written) : meant(entry, written, path);
        return name.map(chosen -> new Chosen<>(
                path,
                chosen,
                new Binder(problems)
                        .bind(entry.getValueNode(), known.get(chosen), path, aside)
                        .map(config -> (T) config)));
    }

    private Optional<String> meant(NodeTuple entry, String written, String path) {
        Set<String> names = new TreeSet<>(known.keySet());
        problems.add(
                path,
                entry.getKeyNode().getStartMark(),
                "no " + noun + " '" + written + "'" + Suggestion.amongOrAll(written, names));
        return Suggestion.meant(written, names);
    }
}
