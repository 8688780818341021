package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Versions;
import io.datamill.pipeline.Choices.Chosen;
import io.datamill.pipeline.Pipeline.Accounts;
import io.datamill.pipeline.Pipeline.AdapterSpec;
import io.datamill.pipeline.Pipeline.BranchSpec;
import io.datamill.pipeline.Pipeline.InputSpec;
import io.datamill.pipeline.Pipeline.SinkSpec;
import io.datamill.pipeline.Pipeline.StepSpec;
import io.datamill.pipeline.Sections.BranchSections;
import io.datamill.pipeline.Sections.InputSections;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.lake.RawFiles;
import io.datamill.sink.postgres.LedgerSink;
import io.datamill.sink.verdict.AlertStream;
import io.datamill.source.KinesisConfig;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.EventConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads a pipeline's file into its sections; what is wrong goes to the problems. */
final class PipelineReader {
    private static final Set<String> NONE = Set.of();

    private final Catalog catalog;
    private final Extent extent;
    private final Problems problems;
    private final Binder binder;
    private final Ids ids;

    PipelineReader(Catalog catalog, Extent extent, Problems problems) {
        this.catalog = catalog;
        this.extent = extent;
        this.problems = problems;
        this.binder = new Binder(problems);
        this.ids = new Ids(problems);
    }

    /** The pipeline, or empty where the text is no YAML that can be read any further. */
    Optional<Pipeline> read(String text) {
        return new YamlText(problems)
                .read(text)
                .flatMap(root -> binder.bind(root, Sections.class, "", NONE))
                .map(sections -> pipeline(sections, text));
    }

    private Pipeline pipeline(Sections sections, String text) {
        sections.reportMissing(extent, problems);
        List<StepSpec> steps = steps(sections.steps(), "steps");
        boolean cut = extent.step() != null;
        return new Pipeline(
                version(sections, text),
                inputs(sections),
                cut ? cut(steps) : steps,
                cut ? List.of() : new SinkReader(catalog, problems, "").read(sections.sinks(), "sinks"),
                cut ? List.of() : branches(sections.branches()),
                new Accounts(
                        rejects(sections.rejects()),
                        Optional.ofNullable(sections.ledger())
                                .flatMap(node -> binder.bind(node, LedgerSink.Config.class, "ledger", NONE))
                                .map(config -> config),
                        Optional.ofNullable(sections.alerts())
                                .flatMap(node -> binder.bind(node, AlertStream.Config.class, "alerts", NONE))
                                .map(config -> config),
                        Optional.ofNullable(sections.raw())
                                .flatMap(node -> binder.bind(node, RawFiles.class, "raw", NONE))));
    }

    private List<StepSpec> cut(List<StepSpec> steps) {
        for (int i = 0; i < steps.size(); i++) {
            String path = steps.get(i).path();
            Optional<String> id = problems.node(Problems.below(path, "id")).map(Binder::text);
            Set<String> names = new HashSet<>(Set.of(path, "steps[" + i + "]", path.replaceFirst(".*]\\.", "")));
            id.ifPresent(names::add);
            if (names.contains(extent.step())) {
                return steps.subList(0, extent.inclusive() ? i + 1 : i);
            }
        }
        problems.add(
                "steps",
                "no step '" + extent.step() + "'; there is "
                        + steps.stream().map(StepSpec::path).collect(Collectors.joining(", ")));
        return steps;
    }

    private List<InputSpec> inputs(Sections sections) {
        List<InputSpec> inputs = new ArrayList<>();
        if (sections.hasOwn()) {
            inputs.add(input("", "", sections.own()));
        }
        for (NodeTuple entry : named(sections.inputs(), "inputs")) {
            String name = Binder.text(entry.getKeyNode());
            String path = Problems.below("inputs", name);
            Ids.check(name, path, problems);
            binder.bind(entry.getValueNode(), InputSections.class, path, NONE).ifPresent(own -> {
                own.reportMissing(path, extent, problems);
                inputs.add(input(name, path, own));
            });
        }
        return inputs;
    }

    private InputSpec input(String name, String path, InputSections own) {
        String sourcePath = Problems.below(path, "source");
        Optional<KinesisConfig> source = Optional.ofNullable(own.source())
                .flatMap(node -> new Choices<>("source", Map.of("kinesis", KinesisConfig.class), problems)
                        .only(node, sourcePath, NONE))
                .flatMap(Chosen::config);
        String adapterPath = Problems.below(path, "adapter");
        Optional<AdapterSpec> adapter = Optional.ofNullable(own.adapter())
                .flatMap(node -> new Choices<AdapterConfig>("adapter", catalog.adapters(), problems)
                        .only(node, adapterPath, NONE))
                .flatMap(chosen -> chosen.config().map(config -> new AdapterSpec(chosen.path(), config)));
        Optional<EventConfig> event = Optional.ofNullable(own.event())
                .flatMap(node -> binder.bind(node, EventConfig.class, Problems.below(path, "event"), NONE));
        List<SinkSpec> sinks = new SinkReader(catalog, problems, name + '-').read(own.sinks(), path + ".sinks");
        return new InputSpec(
                name,
                path,
                source,
                adapter,
                event,
                steps(own.steps(), Problems.below(path, "steps")),
                extent.step() == null ? sinks : List.of());
    }

    private List<BranchSpec> branches(Node node) {
        List<BranchSpec> branches = new ArrayList<>();
        for (NodeTuple entry : named(node, "branches")) {
            String name = Binder.text(entry.getKeyNode());
            String path = Problems.below("branches", name);
            Ids.check(name, path, problems);
            binder.bind(entry.getValueNode(), BranchSections.class, path, NONE).ifPresent(own -> {
                if (own.sinks() == null) {
                    problems.add(path, "sinks is missing: a branch without a sink has no effect");
                }
                branches.add(new BranchSpec(
                        name,
                        path,
                        own.when(),
                        steps(own.steps(), path + ".steps"),
                        new SinkReader(catalog, problems, name + '-').read(own.sinks(), path + ".sinks")));
            });
        }
        return branches;
    }

    /** The entries of a section of names. */
    private List<NodeTuple> named(Node node, String section) {
        if (node != null && Binder.entries(node).isEmpty()) {
            problems.add(section, "expected a mapping of names, but read " + Binder.read(node));
        }
        return node == null ? List.of() : Binder.entries(node);
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

    private List<StepSpec> steps(Node node, String section) {
        Choices<StepConfig> verbs = new Choices<>("step", catalog.verbs(), problems);
        List<StepSpec> steps = new ArrayList<>();
        List<Node> elements = elements(node, section, problems);
        for (int i = 0; i < elements.size(); i++) {
            String path = section + "[" + i + "]";
            Optional<Chosen<StepConfig>> chosen = verbs.only(elements.get(i), path, NONE);
            chosen.ifPresent(step -> ids.check(step.path(), catalog.verbs().get(step.name())));
            steps.add(new StepSpec(chosen.map(Chosen::path).orElse(path), chosen.flatMap(Chosen::config)));
        }
        return steps;
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

    static List<Node> elements(Node node, String section, Problems problems) {
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
