package io.datamill.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.datamill.cli.training.DataOptions;
import io.datamill.cli.training.DefaultFeatures;
import io.datamill.cli.training.Gathered;
import io.datamill.cli.training.Gathering;
import io.datamill.cli.training.ModelDirectory;
import io.datamill.cli.training.ScoredPipeline;
import io.datamill.cli.training.report.Report;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Problem;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.training.Algorithm;
import io.datamill.step.score.training.Examples;
import io.datamill.step.score.training.Lineage;
import io.datamill.step.score.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model; the same data, features and seed give the same bytes. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Trains a trust model on labelled events and writes it into a directory, with its lineage and a"
                + " report. The same input, features and seed give the same bytes.",
        footer = {"", "One JSON line: name, version, and figures of held-out events as `datamill evaluate` has them."})
public final class TrainCommand implements Callable<Integer> {
    /** Held on to: java.util.logging forgets the level of a logger that nobody holds. */
    private static final Logger TRIBUO = Logger.getLogger("org.tribuo");

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--group",
            paramLabel = "FIELD",
            description = "Events with the same value are held out together, since they are alike: the sender's domain,"
                    + " the user. Default: rows that are the same.")
    private String group;

    @Option(
            names = "--split",
            paramLabel = "HOW",
            description = "What is held out to measure and to choose thresholds on: group, or time for what came later."
                    + " Default: group.")
    private Lineage.Split split = Lineage.Split.GROUP;

    @Option(
            names = "--features",
            paramLabel = "FILE",
            description = "What to look at: a JSON object of features. Default: DIR/features.json, or else every number"
                    + " and boolean of an event.")
    private Path features;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The model's directory.")
    private Path out = Path.of("");

    @Option(names = "--overwrite", description = "Replace the model that is there.")
    private boolean overwrite;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "logistic, boosting, forest, or the average of them. Default: logistic.")
    private Algorithm algorithm = Algorithm.LOGISTIC;

    @Option(names = "--seed", description = "Of all that is random. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--name", description = "The model's name. Default: the name of DIR.")
    private String name;

    @Override
    public Integer call() throws Exception {
        TRIBUO.setLevel(Level.WARNING);
        try {
            ModelDirectory directory = new ModelDirectory(out);
            directory.check(overwrite);
            Training.Result result = train();
            Map<String, byte[]> files = new TreeMap<>(result.files());
            String model = ModelArtifact.read(out.toString(), files).identity().toString();
            files.put(ModelDirectory.REPORT, new Report(model, result).html().getBytes(StandardCharsets.UTF_8));
            directory.write(files);
            tell(model, result.lineage());
            return CommandLine.ExitCode.OK;
        } catch (InvalidPipelineException e) {
            for (Problem problem : e.problems()) {
                spec.commandLine()
                        .getErr()
                        .println(data.pipeline() + ":" + problem.line() + ":" + problem.column() + ": " + problem);
            }
            return CommandLine.ExitCode.SOFTWARE;
        } catch (IllegalArgumentException | InvalidModelException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void tell(String model, Lineage lineage) {
        lineage.leftOut().forEach((reason, count) -> {
            if (count > 0) {
                spec.commandLine().getErr().println(count + " events left out: " + reason);
            }
        });
        if (!lineage.constant().isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("features left out, since they never vary: " + String.join(", ", lineage.constant()));
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("model", model);
        line.setAll((ObjectNode) ArtifactJson.tree(lineage.heldOut().figures()));
        spec.commandLine().getOut().println(line);
    }

    private Training.Result train() throws Exception {
        Map<String, byte[]> belonging = new TreeMap<>();
        ScoredPipeline pipeline = null;
        if (data.pipeline() != null) {
            YamlFile.expect(data.pipeline(), "a pipeline's YAML file");
            pipeline = new ScoredPipeline(data.pipeline(), null);
            belonging.putAll(pipeline.files());
        }
        Gathering gathering = new Gathering(data, pipeline, group);
        Map<String, Feature> declared = features(gathering, belonging);
        Gathered gathered = gathering.run(declared, split);
        Training training = new Training(
                name == null ? new ModelDirectory(out).name() : name, algorithm, seed, declared, belonging);
        return training.run(
                Examples.withoutCopies(gathered.names(), gathered.examples()).varying(),
                new Training.Source(CodeVersions.code(), gathered.origin(), gathered.leftOut()));
    }

    private Map<String, Feature> features(Gathering gathering, Map<String, byte[]> belonging)
            throws IOException, InvalidModelException {
        Path file = features == null ? out.resolve(Training.FEATURES) : features;
        if (features == null && !Files.exists(file)) {
            Map<String, Feature> all = DefaultFeatures.of(gathering.schema(), gathering.reserved());
            belonging.put(Training.FEATURES, DefaultFeatures.json(all).getBytes(StandardCharsets.UTF_8));
            return all;
        }
        Map<String, Feature> declared = ArtifactJson.read(
                new org.apache.flink.core.fs.Path(file.toUri()),
                new TypeReference<LinkedHashMap<String, Feature>>() {});
        belonging.put(Training.FEATURES, Files.readAllBytes(file));
        return declared;
    }
}
