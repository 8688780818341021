package io.datamill.testing;

import io.datamill.step.score.Additive;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.Linear;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.ModelKind;
import io.datamill.step.score.NamedFeature;
import io.datamill.step.score.training.Baseline;
import io.datamill.step.score.training.Baseline.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Models with a baseline, as training writes them: x is evenly one of 0 to 9, the score evenly one of 0.05 to 0.95. */
public final class BaselineModels {
    /** Of what is evenly 0 to 9. */
    public static final Distribution DIGITS = new Distribution(
            IntStream.range(0, 9).mapToObj(i -> (double) i).toList(), Collections.nCopies(10, 1000L), 0);

    private static final Distribution SCORES = new Distribution(
            IntStream.range(1, 10).mapToObj(i -> i / 10.0).toList(), Collections.nCopies(10, 1000L), 0);

    private BaselineModels() {}

    /** A model of the field {@code x} whose score is 1 / (1 + e^(bias - x)). */
    public static String write(Path directory, double bias) throws IOException {
        return write(
                directory,
                List.of(new NamedFeature("x", new Feature.Numeric("x", 0))),
                new Baseline(10_000, SCORES, Map.of("x", DIGITS)),
                bias);
    }

    /** A model of these features, each of which is evenly 0 to 9, if one believes its baseline. */
    public static String write(Path directory, List<NamedFeature> features) throws IOException {
        Map<String, Distribution> distributions = new LinkedHashMap<>();
        features.forEach(feature -> distributions.put(feature.name(), DIGITS));
        return write(directory, features, new Baseline(10_000, SCORES, distributions), 0);
    }

    /** @return {@code name@version} */
    private static String write(Path directory, List<NamedFeature> features, Baseline baseline, double bias)
            throws IOException {
        byte[] file = ArtifactJson.write(baseline).getBytes(StandardCharsets.UTF_8);
        double[] ones = new double[features.size()];
        java.util.Arrays.fill(ones, 1);
        Model model = new Model(
                Model.Identity.unversioned("digits", "logistic"),
                new Model.Thresholds(0, 1),
                features,
                new Additive(-bias, new Linear(new double[ones.length], ones, ones), List.of()),
                Map.of(ModelKind.BASELINE, ModelArtifact.sha256(file)));
        Files.createDirectories(directory);
        Files.write(directory.resolve(ModelKind.BASELINE), file);
        String text = ModelArtifact.render(model);
        Files.writeString(directory.resolve(ModelArtifact.MODEL), text);
        return "digits@" + text.replaceFirst("(?s).*\"version\" : \"(\\w+)\".*", "$1");
    }
}
