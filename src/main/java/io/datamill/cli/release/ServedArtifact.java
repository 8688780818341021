package io.datamill.cli.release;

import io.datamill.config.ListOrReference;
import io.datamill.config.Reference;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Planner;
import io.datamill.step.StepConfig;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.ArtifactKind;
import io.datamill.step.decide.Decide;
import io.datamill.step.decide.RuleSetKind;
import io.datamill.step.expect.Expect;
import io.datamill.step.score.ModelKind;
import io.datamill.step.score.Score;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A step of a pipeline that runs a model or a rule set out of a directory.
 *
 * @param pipeline its YAML
 * @param path of the step, such as {@code steps[6].score}
 */
public record ServedArtifact(Path pipeline, String path, StepConfig config) {
    /** Of the steps that stand in the trunk. */
    static final String OWN = "steps[";

    /** What a step runs. */
    public enum What {
        MODEL("models", "`score: { model: DIR, as: trust }`"),
        RULES("rules", "`decide: { rules: DIR }`");

        private final String words;
        private final String example;

        What(String words, String example) {
            this.words = words;
            this.example = example;
        }

        ArtifactKind kind() {
            return this == MODEL ? ModelKind.MODEL : RuleSetKind.RULES;
        }
    }

    /** All steps of a pipeline that run one. */
    public static List<ServedArtifact> all(Path pipeline) throws InvalidPipelineException, IOException {
        List<ServedArtifact> found = new ArrayList<>();
        for (Map.Entry<String, StepConfig> step :
                new Planner(Catalog.STANDARD).trial().steps(pipeline).entrySet()) {
            ServedArtifact artifact = new ServedArtifact(pipeline, step.getKey(), step.getValue());
            if (step.getKey().startsWith(OWN) && artifact.isServed()) {
                found.add(artifact);
            }
        }
        return found;
    }

    /**
     * The one that is meant.
     *
     * @param what null: either
     * @param step its path, or the part of it before the verb; null: there is but one
     * @throws IllegalArgumentException if there is none, or more than one
     */
    public static ServedArtifact find(Path pipeline, What what, String step)
            throws InvalidPipelineException, IOException {
        List<ServedArtifact> found = all(pipeline).stream()
                .filter(one -> what == null || one.what() == what)
                .filter(one -> step == null
                        || one.path.equals(step)
                        || one.path.replaceFirst("\\.[^.]*$", "").equals(step))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String wanted = "a directory of " + (what == null ? "models or rules" : what.words);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(pipeline + ": no step " + (step == null ? "" : "'" + step + "' ")
                    + "has " + wanted + ", such as " + (what == null ? What.MODEL : what).example);
        }
        throw new IllegalArgumentException(pipeline + ": more than one step has " + wanted + "; give "
                + (what == null ? "--model, --rules or " : "") + "--step: "
                + found.stream().map(ServedArtifact::path).collect(Collectors.joining(", ")));
    }

    private boolean isServed() {
        return config instanceof Score.Config
                || (config instanceof Decide.Config decide
                        && decide.rules() != null
                        && decide.rules().reference() != null);
    }

    public What what() {
        return config instanceof Score.Config ? What.MODEL : What.RULES;
    }

    /** The directory as the pipeline writes it. */
    public Reference written() {
        return config instanceof Score.Config score
                ? score.model()
                : ((Decide.Config) config).rules().reference();
    }

    /** The directory that is served. */
    public ArtifactDirectory directory() {
        return new ArtifactDirectory(written().resolve());
    }

    /** Where a version of it lives. */
    public String version(String version) {
        return new org.apache.flink.core.fs.Path(directory().path(), version).toString();
    }

    /** The steps that hold the events of its model against what those of its training were. */
    List<String> expecting() throws InvalidPipelineException, IOException {
        return new Planner(Catalog.STANDARD)
                .trial().steps(pipeline).entrySet().stream()
                        .filter(step -> step.getValue() instanceof Expect.Config expect
                                && expect.model().equals(written()))
                        .map(Map.Entry::getKey)
                        .toList();
    }

    /** The step with the one artifact of a directory. */
    public StepConfig with(String directory) {
        Reference only = new Reference(directory);
        if (config instanceof Score.Config score) {
            return new Score.Config(only, score.as());
        }
        Decide.Config decide = (Decide.Config) config;
        return new Decide.Config(
                decide.quarantine(),
                decide.labels(),
                decide.label(),
                new ListOrReference<>(null, only),
                decide.allow(),
                decide.deny(),
                decide.monitor());
    }
}
