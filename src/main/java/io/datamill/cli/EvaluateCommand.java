package io.datamill.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.cli.training.DataOptions;
import io.datamill.cli.training.Gathered;
import io.datamill.cli.training.Gathering;
import io.datamill.cli.training.ScoredPipeline;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Problem;
import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveEvaluator;
import io.datamill.step.score.AdditiveModel;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.training.Examples;
import io.datamill.step.score.training.Figures;
import io.datamill.step.score.training.Labelled;
import io.datamill.step.score.training.Lineage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges a model on labelled events that it has not seen. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Scores labelled events with a model and says how well it tells the bad ones. Records go through"
                + " the pipeline that the model was trained with, as it was then; Parquet files hold events already.",
        footer = {
            "",
            "One JSON line: n, auc, error, fpr, fnr, f1, logloss, threshold. An event is called bad where its score,",
            "the probability of trust, is below the threshold; a positive is an event called bad. What cannot be said",
            "is null, as the auc where all events are of one kind."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final double EVEN = 0.5;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The model's directory.")
    private Path model = Path.of("");

    @Mixin
    private DataOptions data;

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description =
                    "The score, 0 to 1, below which an event is called bad. Default: the one that training chose.")
    private Double threshold;

    @Override
    public Integer call() throws Exception {
        try {
            if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
                throw new IllegalArgumentException("--threshold: expected a score from 0 to 1, not " + threshold);
            }
            Model read = ModelArtifact.read(model.toString());
            Gathering gathering = new Gathering(data, pipeline(read), null);
            Gathered gathered = gathering.run(features(read), Lineage.Split.GROUP);
            Examples examples = Examples.withoutCopies(gathered.names(), gathered.examples());
            if (examples.list().isEmpty()) {
                throw new IllegalArgumentException("no labelled events in the input");
            }
            spec.commandLine().getOut().println(ArtifactJson.tree(figures(read, examples.list())));
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

    /** The one that was asked for, or the model's own where the input may be records. */
    private ScoredPipeline pipeline(Model read) throws IOException, InvalidModelException {
        if (data.pipeline() != null) {
            YamlFile.expect(data.pipeline(), "a pipeline's YAML file");
            return new ScoredPipeline(data.pipeline(), null);
        }
        if (!read.files().containsKey(ScoredPipeline.FILE) || Gathering.areEvents(data.input())) {
            return null;
        }
        for (String file : read.files().keySet()) {
            ModelArtifact.file(model.toString(), read, file); // None has changed since.
        }
        return new ScoredPipeline(model.resolve(ScoredPipeline.FILE), model.resolve(ScoredPipeline.FITTED));
    }

    private static Map<String, Feature> features(Model read) {
        Map<String, Feature> features = new LinkedHashMap<>();
        read.features().forEach(named -> features.put(named.name(), named.feature()));
        return features;
    }

    private Figures figures(Model read, List<Labelled> events) throws IOException, InvalidModelException {
        if (!(read.scorer() instanceof Additive additive)) {
            throw new IllegalArgumentException(read.identity() + ": only additive models can be evaluated");
        }
        AdditiveEvaluator evaluator = new AdditiveEvaluator(additive);
        double[] scores = new double[events.size()];
        boolean[] bad = new boolean[scores.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = AdditiveModel.probability(evaluator.margin(events.get(i).x()));
            bad[i] = events.get(i).bad();
        }
        return Figures.of(scores, bad, threshold == null ? chosen() : threshold);
    }

    /** What training chose; even odds for a model that was not trained here. */
    private double chosen() throws InvalidModelException {
        Path lineage = model.resolve(ModelArtifact.TRAINING);
        if (!Files.exists(lineage)) {
            return EVEN;
        }
        JsonNode chosen = ArtifactJson.read(
                        new org.apache.flink.core.fs.Path(lineage.toUri()), new TypeReference<JsonNode>() {})
                .at("/heldOut/figures/threshold");
        return chosen.isNumber() ? chosen.doubleValue() : EVEN;
    }
}
