package io.datamill.step.score.training;

import io.datamill.step.score.Feature;
import io.datamill.step.score.Measure;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.commons.codec.digest.DigestUtils;

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

    /** Of all rows, in hexadecimal. */
    String sha256(List<Sample> samples) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (Sample sample : samples) {
            double[] row = row(sample);
            ByteBuffer bytes = ByteBuffer.allocate(row.length * Double.BYTES);
            bytes.asDoubleBuffer().put(row);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
