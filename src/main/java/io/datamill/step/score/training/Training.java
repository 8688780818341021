package io.datamill.step.score.training;

import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.NamedFeature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One training.
 *
 * @param name of the model
 * @param features as they were declared
 * @param belonging files that belong to the model, by name: {@code features.json}, {@code pipeline.yaml}...
 */
public record Training(
        String name, Algorithm algorithm, long seed, Map<String, Feature> features, Map<String, byte[]> belonging) {
    /** The features as people declare them. */
    public static final String FEATURES = "features.json";

    /** What the data looked like. */
    public static final String BASELINE = "baseline.json";

    private static final int MIN_OF_A_KIND = 20;
    private static final int MIN_GROUPS = 5;
    private static final double FALSE_POSITIVES = 0.01;

    public Training {
        features = new LinkedHashMap<>(features);
        belonging = new TreeMap<>(belonging);
    }

    /**
     * Where the examples are from.
     *
     * @param leftOut events that did not become examples, by reason
     */
    public record Source(Lineage.Code code, Lineage.Origin origin, Map<String, Long> leftOut) {}

    /**
     * What a training gives.
     *
     * @param files of the artifact, by name: the same bytes for the same examples
     * @param heldOut probabilities of trust from models that had not seen the event's group; NaN where there is none
     * @param bad the labels of the same events
     * @param importance of the features, the strongest first
     */
    @SuppressWarnings("ArrayRecordComponent") // By event, never compared.
    public record Result(
            SortedMap<String, byte[]> files,
            Lineage lineage,
            double[] heldOut,
            boolean[] bad,
            List<Importance> importance) {}

    /** @throws IllegalArgumentException if there is too little to learn from; the message says what */
    public Result run(Examples examples, Source source) {
        check(examples);
        Rows rows = examples.rows(source.origin.split() == Lineage.Split.TIME);
        Trained trained = Learning.run(algorithm, rows, seed);
        SortedMap<String, byte[]> files = new TreeMap<>(belonging);
        files.put(BASELINE, bytes(ArtifactJson.write(Baseline.of(examples, trained.heldOut()))));
        Lineage lineage = lineage(examples, source, rows, trained);
        files.put(ModelArtifact.MODEL, bytes(ModelArtifact.render(model(rows, trained, files))));
        files.put(ModelArtifact.TRAINING, bytes(ArtifactJson.write(lineage)));
        return new Result(files, lineage, trained.heldOut(), rows.bad(), Importance.of(rows, trained.scorer()));
    }

    private Model model(Rows rows, Trained trained, Map<String, byte[]> files) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((file, content) -> digests.put(file, ModelArtifact.sha256(content)));
        return new Model(
                Model.Identity.unversioned(name, algorithmName()),
                trained.thresholds(),
                rows.names().stream()
                        .map(feature -> new NamedFeature(feature, features.get(feature)))
                        .toList(),
                trained.scorer(),
                digests);
    }

    private String algorithmName() {
        return algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static void check(Examples examples) {
        long bad = examples.bad();
        long good = examples.list().size() - bad;
        if (good + bad == 0) {
            throw new IllegalArgumentException("no labelled events to learn from");
        }
        if (Math.min(good, bad) < MIN_OF_A_KIND) {
            throw new IllegalArgumentException("expected at least " + MIN_OF_A_KIND
                    + " different events of each kind; found " + good + " good and " + bad + " bad");
        }
        if (examples.names().isEmpty()) {
            throw new IllegalArgumentException("no feature varies: " + String.join(", ", examples.constant()));
        }
        long groups = groups(examples.rows(false));
        if (groups < MIN_GROUPS) {
            throw new IllegalArgumentException(
                    "expected at least " + MIN_GROUPS + " groups, to hold some out; found " + groups);
        }
    }

    private Lineage lineage(Examples examples, Source source, Rows rows, Trained trained) {
        Map<String, Long> leftOut = new LinkedHashMap<>(source.leftOut);
        leftOut.put("repeated", examples.repeated());
        leftOut.put("contradictory", examples.contradictory());
        long bad = examples.bad();
        return new Lineage(
                source.code,
                algorithmName(),
                seed,
                trained.settings(),
                source.origin,
                new Lineage.Data(rows.size() - bad, bad, groups(rows), examples.sha256()),
                leftOut,
                examples.constant(),
                heldOut(rows, trained));
    }

    private static Lineage.HeldOut heldOut(Rows rows, Trained trained) {
        double[] good = Figures.of(trained.heldOut(), rows.bad(), false);
        double[] bad = Figures.of(trained.heldOut(), rows.bad(), true);
        Model.Thresholds suggested = trained.thresholds();
        return new Lineage.HeldOut(
                Figures.of(trained.heldOut(), rows.bad(), trained.threshold()),
                Decimals.figure(Metrics.shareBelow(bad, Metrics.cut(good, FALSE_POSITIVES))),
                List.of(
                        threshold("quarantine", suggested.quarantine(), good, bad),
                        threshold("label", suggested.label(), good, bad)));
    }

    private static Lineage.Threshold threshold(String name, double below, double[] good, double[] bad) {
        return new Lineage.Threshold(
                name,
                below,
                Decimals.figure(Metrics.shareBelow(good, below)),
                Decimals.figure(Metrics.shareBelow(bad, below)));
    }

    private static long groups(Rows rows) {
        return Arrays.stream(rows.groups()).distinct().count();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
