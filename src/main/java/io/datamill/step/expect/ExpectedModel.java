package io.datamill.step.expect;

import com.fasterxml.jackson.core.type.TypeReference;
import io.datamill.event.Observation;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.ModelKind;
import io.datamill.step.score.training.Baseline;
import io.datamill.step.score.training.Baseline.Distribution;
import io.datamill.step.score.training.FeatureTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** A version of a model with its baseline, bound to a schema, and what has been counted of the events it scored. */
final class ExpectedModel {
    private final String identity;
    private final FeatureTable features;

    /** Of the score, then of each feature. */
    private final List<Distribution> distributions;

    private final double[][] edges;
    private final Map<String, List<Observation>> open = new HashMap<>();
    private Observation last = new Observation();

    private ExpectedModel(String identity, FeatureTable features, List<Distribution> distributions) {
        this.identity = identity;
        this.features = features;
        this.distributions = distributions;
        this.edges = distributions.stream()
                .map(of -> of.edges().stream().mapToDouble(edge -> edge).toArray())
                .toArray(double[][]::new);
    }

    /** One of which nothing is known: its events and verdicts alone are counted. */
    static ExpectedModel unknown() {
        return new ExpectedModel("", null, List.of());
    }

    /** @throws InvalidArtifactException if there is no baseline, or a feature does not fit the schema */
    static ExpectedModel of(Map<String, byte[]> files, Schema input) throws InvalidArtifactException {
        try {
            Model model = ModelArtifact.read("", files);
            if (!model.files().containsKey(ModelKind.BASELINE)) {
                throw new InvalidArtifactException(
                        model.identity() + " has no " + ModelKind.BASELINE
                                + ", so nothing is known to expect: train it with datamill train",
                        null);
            }
            byte[] file = ModelArtifact.file("", files, model, ModelKind.BASELINE);
            return of(
                    model, ArtifactJson.read('/' + ModelKind.BASELINE, file, new TypeReference<Baseline>() {}), input);
        } catch (InvalidModelException e) {
            throw new InvalidArtifactException(e.getMessage(), e);
        }
    }

    private static ExpectedModel of(Model model, Baseline baseline, Schema input) throws InvalidArtifactException {
        Map<String, Feature> features = new LinkedHashMap<>();
        List<Distribution> distributions = new ArrayList<>();
        distributions.add(baseline.score());
        List<String> problems = new ArrayList<>();
        model.features().forEach(feature -> {
            Distribution distribution = baseline.features().get(feature.name());
            if (distribution == null) {
                problems.add(model.identity() + ": " + ModelKind.BASELINE + " has no feature '" + feature.name() + "'");
            } else {
                features.put(feature.name(), feature.feature());
                distributions.add(distribution);
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidArtifactException(problems);
        }
        try {
            return new ExpectedModel(model.identity().toString(), new FeatureTable(features, input), distributions);
        } catch (IllegalArgumentException e) {
            throw new InvalidArtifactException(model.identity() + ": " + e.getMessage(), e);
        }
    }

    /** {@code name@version}. */
    String identity() {
        return identity;
    }

    /** What is counted of a tenant and window; null: nothing yet. */
    Observation find(String tenant, long start) {
        if (last.start == start && last.tenant.equals(tenant)) {
            return last;
        }
        List<Observation> windows = open.get(tenant);
        for (int i = 0; windows != null && i < windows.size(); i++) {
            if (windows.get(i).start == start) {
                last = windows.get(i);
                return last;
            }
        }
        return null;
    }

    /** Begins to count a tenant's window. */
    Observation begin(String tenant, long start) {
        Observation begun = new Observation();
        begun.tenant = tenant;
        begun.model = identity;
        begun.start = start;
        begun.names = features == null ? begun.names : features.names().toArray(String[]::new);
        begun.counts =
                distributions.stream().map(of -> new long[of.counts().size()]).toArray(long[][]::new);
        begun.expected = distributions.stream()
                .map(of -> of.counts().stream().mapToLong(count -> count).toArray())
                .toArray(long[][]::new);
        begun.absent = new long[begun.names.length];
        begun.expectedAbsent =
                distributions.stream().skip(1).mapToDouble(Distribution::absent).toArray();
        open.computeIfAbsent(tenant, t -> new ArrayList<>()).add(begun);
        last = begun;
        return begun;
    }

    /** Counts an event. It leaves no garbage. */
    void add(Observation to, double score, Object[] values) {
        to.events++;
        for (int i = 0; i < edges.length; i++) {
            double x = i == 0 ? score : features.value(i - 1, values);
            if (!Double.isNaN(x)) {
                to.counts[i][bin(edges[i], x)]++;
            }
            if (i > 0 && features.isAbsent(i - 1, values)) {
                to.absent[i - 1]++;
            }
        }
    }

    private static int bin(double[] edges, double x) {
        int bin = 0;
        while (bin < edges.length && x > edges[bin]) {
            bin++;
        }
        return bin;
    }

    /** Gives what is counted of the windows that begin before a time, and forgets it. */
    void drain(long before, Consumer<Observation> out) {
        open.values().removeIf(windows -> {
            windows.removeIf(window -> {
                if (window.start < before) {
                    out.accept(window);
                }
                return window.start < before;
            });
            return windows.isEmpty();
        });
        last = new Observation();
    }
}
