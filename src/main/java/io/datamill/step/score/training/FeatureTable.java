package io.datamill.step.score.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.Feature;
import io.datamill.step.score.FieldPath;
import io.datamill.step.score.Measure;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Declared features, bound to the schema of the events they look at. */
public final class FeatureTable {
    /** The keys under which a declaration names fields. */
    private static final List<String> FIELDS = List.of("field", "other", "among");

    private final List<String> names = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<List<FieldPath>> fields = new ArrayList<>();

    /** @throws IllegalArgumentException if a feature does not fit the schema; the message names it and the field */
    public FeatureTable(Map<String, Feature> features, Schema schema) {
        features.forEach((name, feature) -> {
            try {
                measures.add(feature.plan(schema));
                names.add(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("feature '" + name + "': " + e.getMessage(), e);
            }
            List<FieldPath> paths = new ArrayList<>();
            collect(ArtifactJson.tree(feature), schema, paths);
            fields.add(paths);
        });
    }

    public List<String> names() {
        return names;
    }

    /** A number for each feature. */
    public double[] row(Object[] values) {
        double[] row = new double[measures.size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = value(i, values);
        }
        return row;
    }

    /** The number of one feature, by its place in {@link #names}. */
    public double value(int feature, Object[] values) {
        return measures.get(feature).of(values);
    }

    /** The features that say what their declaration says for an absent field: one they look at is null or empty. */
    public BitSet absent(Object[] values) {
        BitSet absent = new BitSet(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            absent.set(i, isAbsent(i, values));
        }
        return absent;
    }

    /** The same of one feature. It leaves no garbage. */
    public boolean isAbsent(int feature, Object[] values) {
        List<FieldPath> paths = fields.get(feature);
        for (int i = 0; i < paths.size(); i++) {
            Object value = paths.get(i).value(values);
            if (value == null || value.equals("")) {
                return true;
            }
        }
        return false;
    }

    /** Of whatever kind: a declaration is read as its JSON, so that a new kind needs nothing here. */
    private static void collect(JsonNode declaration, Schema schema, List<FieldPath> paths) {
        declaration.properties().forEach(entry -> {
            if (FIELDS.contains(entry.getKey()) && entry.getValue().isTextual()) {
                String whole = entry.getValue().textValue().split("\\[\\*", 2)[0]; // Of hops[*].from the list.
                paths.add(FieldPath.to(schema, whole, "", type -> true));
            } else if (entry.getValue().isObject()) {
                collect(entry.getValue(), schema, paths);
            }
        });
    }
}
