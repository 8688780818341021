package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Versions;
import io.datamill.pipeline.Choices.Chosen;
import io.datamill.pipeline.Pipeline.Accounts;
import io.datamill.pipeline.Pipeline.AdapterSpec;
import io.datamill.pipeline.Pipeline.Input;
import io.datamill.pipeline.Pipeline.SinkSpec;
import io.datamill.pipeline.Pipeline.StepSpec;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.postgres.LedgerSink;
import io.datamill.source.KinesisConfig;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.EventConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a pipeline's file into its sections; what is wrong goes to the problems. */
final class PipelineReader {
    private static final Set<String> NONE = Set.of();

    private final Catalog catalog;
    private final Problems problems;
    private final Binder binder;

    PipelineReader(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
        this.binder = new Binder(problems);
    }

    /** The pipeline, or empty where the text is no YAML that can be read any further. */
    Optional<Pipeline> read(String text) {
        return new YamlText(problems)
                .read(text)
                .flatMap(root -> binder.bind(root, Sections.class, "", NONE))
                .map(sections -> pipeline(sections, text));
    }

    private Pipeline pipeline(Sections sections, String text) {
        sections.reportMissing(problems);
        Optional<KinesisConfig> source = Optional.ofNullable(sections.source())
                .flatMap(node -> new Choices<>("source", Map.of("kinesis", KinesisConfig.class), problems)
                        .only(node, "source", NONE))
                .flatMap(Chosen::config);
        Optional<AdapterSpec> adapter = Optional.ofNullable(sections.adapter())
                .flatMap(node ->
                        new Choices<AdapterConfig>("adapter", catalog.adapters(), problems).only(node, "adapter", NONE))
                .flatMap(chosen -> chosen.config().map(config -> new AdapterSpec(chosen.path(), config)));
        Optional<EventConfig> event = Optional.ofNullable(sections.event())
                .flatMap(node -> binder.bind(node, EventConfig.class, "event", NONE));
        return new Pipeline(
                version(sections, text),
                new Input(source, adapter, event),
                steps(sections.steps()),
                sinks(sections.sinks()),
                new Accounts(
                        rejects(sections.rejects()),
                        Optional.ofNullable(sections.ledger())
                                .flatMap(node -> binder.bind(node, LedgerSink.Config.class, "ledger", NONE))
                                .map(config -> config)));
    }

    private PipelineVersion version(Sections sections, String text) {
        String name = Optional.ofNullable(sections.pipeline())
                .flatMap(node -> binder.scalar(node, String.class, "pipeline"))
                .orElse("unnamed");
        Ids.check(name, "pipeline", problems);
        int generation = Optional.ofNullable(sections.generation())
                .flatMap(node -> binder.scalar(node, Integer.class, "generation"))
                .orElse(0);
        if (generation < 0 || generation > Versions.MAX_GENERATION) {
            problems.add("generation", "expected 0 to " + Versions.MAX_GENERATION + ", but read '" + generation + "'");
        }
        return new PipelineVersion(name, digest(text), generation);
    }

    private List<StepSpec> steps(Node node) {
        Choices<StepConfig> verbs = new Choices<>("step", catalog.verbs(), problems);
        Ids ids = new Ids(problems);
        List<StepSpec> steps = new ArrayList<>();
        List<Node> elements = elements(node, "steps");
        for (int i = 0; i < elements.size(); i++) {
            String path = "steps[" + i + "]";
            Optional<Chosen<StepConfig>> chosen = verbs.only(elements.get(i), path, NONE);
            chosen.ifPresent(step -> ids.check(step.path(), catalog.verbs().get(step.name())));
            steps.add(new StepSpec(chosen.map(Chosen::path).orElse(path), chosen.flatMap(Chosen::config)));
        }
        return steps;
    }

    private List<SinkSpec> sinks(Node node) {
        Choices<SinkConfig> stores = new Choices<>("sink", catalog.sinks(), problems);
        Map<String, Integer> counts = new HashMap<>();
        List<SinkSpec> sinks = new ArrayList<>();
        List<Node> elements = elements(node, "sinks");
        for (int i = 0; i < elements.size(); i++) {
            stores.only(elements.get(i), "sinks[" + i + "]", Set.of("when")).ifPresent(chosen -> {
                int count = counts.merge(chosen.name(), 1, Integer::sum);
                String id = count == 1 ? chosen.name() : chosen.name() + '-' + count;
                sinks.add(new SinkSpec(chosen.path(), id, when(chosen.path()), chosen.config()));
            });
        }
        return sinks;
    }

    private String when(String path) {
        String at = Problems.below(path, "when");
        return problems.node(at)
                .flatMap(node -> binder.scalar(node, String.class, at))
                .orElse(null);
    }

    private Map<String, RejectConfig> rejects(Node node) {
        Choices<RejectConfig> stores = new Choices<>("store of rejects", catalog.rejects(), problems);
        Map<String, RejectConfig> rejects = new LinkedHashMap<>();
        if (node != null && Binder.entries(node).isEmpty()) {
            problems.add("rejects", "expected a mapping of stores, but read " + Binder.read(node));
        }
        for (NodeTuple entry : node == null ? List.<NodeTuple>of() : Binder.entries(node)) {
            stores.entry(entry, "rejects", NONE)
                    .ifPresent(chosen -> chosen.config().ifPresent(config -> rejects.put(chosen.name(), config)));
        }
        return rejects;
    }

    private List<Node> elements(Node node, String section) {
        if (node instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
            return sequence.getValue();
        }
        if (node != null) {
            problems.add(section, "expected a list that begins with '- ', but read " + Binder.read(node));
        }
        return List.of();
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
