package io.datamill.step.score;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A trained model as its {@code model.json} holds it. The log-odds of an event being trustworthy are {@code intercept}
 * plus, for each feature, {@code weight * (x - mean) / scale}.
 *
 * @param features in the order they were trained, 1 to {@value #MAX_FEATURES}
 */
public record Model(Identity identity, Thresholds thresholds, double intercept, List<Weighted> features) {
    static final int MAX_FEATURES = 1_000;
    private static final int FORMAT = 1;
    private static final String ALGORITHM = "logistic";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public Model {
        finite("intercept", intercept);
        require(
                !features.isEmpty() && features.size() <= MAX_FEATURES,
                "features: expected 1 to " + MAX_FEATURES + "; found " + features.size());
        Set<String> names = new HashSet<>();
        for (Weighted feature : features) {
            require(names.add(feature.name()), "features: '" + feature.name() + "' is there twice");
        }
        features = List.copyOf(features);
    }

    /**
     * Which model this is, and how to read it.
     *
     * @param format {@code 1}
     * @param name lower-case letters, digits and hyphens
     * @param version the first 12 hexadecimal digits of the SHA-256 of the rest of the file, so that another model
     *     never has the same; empty while it is being made
     * @param algorithm {@code logistic}
     */
    public record Identity(int format, String name, String version, String algorithm) {
        public Identity {
            require(format == FORMAT, "format: expected " + FORMAT + "; found " + format);
            require(NAME.matcher(name).matches(), "name: expected " + NAME + "; found '" + name + "'");
            require(ALGORITHM.equals(algorithm), "algorithm: expected '" + ALGORITHM + "'; found '" + algorithm + "'");
        }

        /** The identity of a model that has no version yet. */
        public static Identity unversioned(String name) {
            return new Identity(FORMAT, name, "", ALGORITHM);
        }

        @Override
        public String toString() {
            return name + '@' + version;
        }
    }

    /** Scores below which training suggests to act: 0 to 1. A pipeline's decide step has the say. */
    public record Thresholds(double quarantine, double label) {
        public Thresholds {
            require(
                    0 <= quarantine && quarantine <= label && label <= 1,
                    "thresholds: expected 0 <= quarantine <= label <= 1; found " + quarantine + " and " + label);
        }
    }

    /**
     * A feature with what training found.
     *
     * @param mean of the feature over the training data
     * @param scale its standard deviation there, above 0
     * @param weight log-odds of trust per standard deviation
     */
    public record Weighted(String name, Feature feature, double mean, double scale, double weight) {
        public Weighted {
            require(NAME.matcher(name).matches(), "name: expected " + NAME + "; found '" + name + "'");
            finite("mean", mean);
            finite("scale", scale);
            finite("weight", weight);
            require(scale > 0, "scale: expected a number above 0; found " + scale);
        }
    }

    Model versioned(String version) {
        Identity named = new Identity(identity.format(), identity.name(), version, identity.algorithm());
        return new Model(named, thresholds, intercept, features);
    }

    private static void finite(String key, double value) {
        require(Double.isFinite(value), key + ": expected a finite number; found " + value);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
