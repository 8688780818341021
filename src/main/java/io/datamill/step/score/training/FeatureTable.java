package io.datamill.step.score.training;

import io.datamill.step.score.Feature;
import io.datamill.step.score.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** The declared features, bound to the schema of the samples. */
final class FeatureTable {
    private final List<String> names = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();

    /** @throws IllegalArgumentException if a feature does not fit the schema; the message names it */
    FeatureTable(Map<String, Feature> features, Schema schema) {
        features.forEach((name, feature) -> {
            try {
                measures.add(feature.plan(schema));
                names.add(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("feature '" + name + "': " + e.getMessage(), e);
            }
        });
    }

    List<String> names() {
        return names;
    }

    /** A column for each feature. */
    double[] row(Sample sample) {
        return measures.stream()
                .mapToDouble(measure -> measure.of(sample.values()))
                .toArray();
    }
}
