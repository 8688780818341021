package io.datamill.pipeline;

import io.datamill.pipeline.Choices.Chosen;
import io.datamill.pipeline.Pipeline.Choice;
import io.datamill.pipeline.Pipeline.SinkSpec;
import io.datamill.sink.SinkConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one list of sinks: the options of each store, and what every sink may have. */
final class SinkReader {
    private final Catalog catalog;
    private final Problems problems;
    private final Binder binder;
    private final String prefix;
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    /** What every sink may have beside its store's options. */
    private record Common(String id, String when, List<String> routes, List<String> fields) {}

    /** @param prefix of the ids of these sinks */
    SinkReader(Catalog catalog, Problems problems, String prefix) {
        this.catalog = catalog;
        this.problems = problems;
        this.binder = new Binder(problems);
        this.prefix = prefix;
    }

    List<SinkSpec> read(Node node, String section) {
        Choices<SinkConfig> stores = new Choices<>("sink", catalog.sinks(), problems);
        List<SinkSpec> sinks = new ArrayList<>();
        List<Node> elements = PipelineReader.elements(node, section, problems);
        for (int i = 0; i < elements.size(); i++) {
            stores.only(elements.get(i), section + "[" + i + "]", Set.copyOf(Construction.options(Common.class)))
                    .ifPresent(chosen -> sinks.add(sink(chosen)));
        }
        return sinks;
    }

    private SinkSpec sink(Chosen<SinkConfig> chosen) {
        Optional<Node> node = problems.node(chosen.path());
        Common common = node.filter(MappingNode.class::isInstance)
                .flatMap(options -> binder.bind(
                        options,
                        Common.class,
                        chosen.path(),
                        Set.copyOf(Construction.options(catalog.sinks().get(chosen.name())))))
                .orElse(new Common(null, null, null, null));
        return new SinkSpec(
                chosen.path(),
                id(common, chosen),
                new Choice(common.when(), common.routes(), common.fields()),
                chosen.config());
    }

    /** State is found again under it. */
    private String id(Common common, Chosen<SinkConfig> chosen) {
        int count = counts.merge(chosen.name(), 1, Integer::sum);
        String named = count == 1 ? chosen.name() : chosen.name() + '-' + count;
        String path = Problems.below(chosen.path(), "id");
        if (common.id() != null) {
            Ids.check(common.id(), path, problems);
        }
        String id = prefix + (common.id() == null ? named : common.id());
        if (!ids.add(id)) {
            problems.add(path, "'" + id + "' is the id of another sink; state is kept under it");
        }
        return id;
    }
}
