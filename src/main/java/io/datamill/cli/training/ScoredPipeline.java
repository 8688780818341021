package io.datamill.cli.training;

import io.datamill.config.Reference;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.step.StepConfig;
import io.datamill.step.fitted.FittedConfig;
import io.datamill.step.score.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The steps of a pipeline before its score: all of its own steps where it has none.
 *
 * @param file its YAML
 * @param fitted the folder that holds what its steps were fitted to; null: where the YAML says
 */
public record ScoredPipeline(Path file, Path fitted) {
    /** The pipeline's file in a model's directory. */
    public static final String FILE = "pipeline.yaml";

    /** The folder for fitted steps in a model's directory. */
    public static final String FITTED = "fitted";

    /** Of the steps that stand in the trunk. */
    private static final String OWN = "steps[";

    /** What the score step will see. */
    public Plan plan() throws InvalidPipelineException, IOException {
        Planner planner = new Planner(Catalog.STANDARD).trial();
        String score = score(planner);
        Planner before = score == null ? planner : planner.before(score);
        return before.changing(this::relocated).plan(file);
    }

    /**
     * The files that make the pipeline another one when they change, by their names in a model's directory: what the
     * YAML holds, and what its steps before the score were fitted to.
     *
     * @throws IllegalArgumentException if two steps' files have one name
     */
    public Map<String, byte[]> files() throws InvalidPipelineException, IOException {
        Planner planner = new Planner(Catalog.STANDARD).trial();
        String score = score(planner);
        Map<String, byte[]> files = new TreeMap<>();
        files.put(FILE, Files.readAllBytes(file));
        Map<String, String> from = new HashMap<>();
        for (Map.Entry<String, StepConfig> step : planner.steps(file).entrySet()) {
            if (step.getKey().equals(score)) {
                return files;
            }
            if (step.getKey().startsWith(OWN)
                    && step.getValue() instanceof FittedConfig config
                    && config.fitted() != null) {
                String path = config.fitted().resolve();
                String name = FITTED + '/' + name(config);
                String other = from.put(name, path);
                if (other != null && !other.equals(path)) {
                    throw new IllegalArgumentException(
                            step.getKey() + ": " + path + " and " + other + " have one name: give them two");
                }
                files.put(name, read(path));
            }
        }
        return files;
    }

    private StepConfig relocated(StepConfig config) {
        return fitted != null && config instanceof FittedConfig step && step.fitted() != null
                ? step.withFitted(new Reference(fitted.resolve(name(step)).toString()))
                : config;
    }

    /** The path of the first score step; null where there is none. */
    private String score(Planner planner) throws InvalidPipelineException, IOException {
        return planner.steps(file).entrySet().stream()
                .filter(step -> step.getKey().startsWith(OWN) && step.getValue() instanceof Score.Config)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static String name(FittedConfig config) {
        return new org.apache.flink.core.fs.Path(config.fitted().resolve()).getName();
    }

    private static byte[] read(String path) throws IOException {
        org.apache.flink.core.fs.Path file = new org.apache.flink.core.fs.Path(path);
        try (java.io.InputStream in = file.getFileSystem().open(file)) {
            return in.readAllBytes();
        } catch (java.io.FileNotFoundException e) {
            NoSuchFileException missing = new NoSuchFileException(
                    path, null, "it is not there: run `datamill fit FILE --input SAMPLE --out DIR`");
            missing.initCause(e);
            throw missing;
        }
    }
}
