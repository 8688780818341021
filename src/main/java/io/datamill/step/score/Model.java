package io.datamill.step.score;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A trained model as its {@code model.json} holds it.
 *
 * @param features in the order the scorer counts them, 1 to {@value #MAX_FEATURES}
 * @param files the other files of the directory that belong to this version, such as {@code pipeline.yaml}, each with
 *     the SHA-256 of its bytes in lower-case hexadecimal
 */
public record Model(
        Identity identity,
        Thresholds thresholds,
        List<NamedFeature> features,
        Scorer scorer,
        Map<String, String> files) {
    static final int MAX_FEATURES = 1_000;
    private static final int MAX_FILES = 1_000;
    private static final int FORMAT = 2;
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern ALGORITHM = Pattern.compile("[a-z][a-z-]{0,31}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)?");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public Model {
        Checks.require(
                !features.isEmpty() && features.size() <= MAX_FEATURES,
                "features: expected 1 to " + MAX_FEATURES + "; found " + features.size());
        Set<String> names = new HashSet<>();
        for (NamedFeature feature : features) {
            Checks.require(names.add(feature.name()), "features: '" + feature.name() + "' is there twice");
        }
        Checks.require(files.size() <= MAX_FILES, "files: expected at most " + MAX_FILES + "; found " + files.size());
        files.forEach(Model::checkFile);
        scorer.check(features.size());
        if (scorer instanceof Onnx onnx) {
            Checks.require(files.containsKey(onnx.file()), "files: '" + onnx.file() + "', the scorer's, is missing");
        }
        features = List.copyOf(features);
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /**
     * Which model this is, and how to read it.
     *
     * @param format {@code 2}
     * @param name lower-case letters, digits and hyphens
     * @param version the first 12 hexadecimal digits of the SHA-256 of the rest of the file, so that another model
     *     never has the same; empty while it is being made
     * @param algorithm how it was trained, for people: lower-case letters and hyphens, such as {@code boosting}
     */
    public record Identity(int format, String name, String version, String algorithm) {
        public Identity {
            Checks.require(format == FORMAT, "format: expected " + FORMAT + "; found " + format);
            Checks.require(NAME.matcher(name).matches(), "name: expected " + NAME + "; found '" + name + "'");
            Checks.require(
                    ALGORITHM.matcher(algorithm).matches(),
                    "algorithm: expected " + ALGORITHM + "; found '" + algorithm + "'");
        }

        /** The identity of a model that has no version yet. */
        public static Identity unversioned(String name, String algorithm) {
            return new Identity(FORMAT, name, "", algorithm);
        }

        @Override
        public String toString() {
            return name + '@' + version;
        }
    }

    /** Scores below which training suggests to act: 0 to 1. A pipeline's decide step has the say. */
    public record Thresholds(double quarantine, double label) {
        public Thresholds {
            Checks.require(
                    0 <= quarantine && quarantine <= label && label <= 1,
                    "thresholds: expected 0 <= quarantine <= label <= 1; found " + quarantine + " and " + label);
        }
    }

    Model versioned(String version) {
        Identity named = new Identity(identity.format(), identity.name(), version, identity.algorithm());
        return new Model(named, thresholds, features, scorer, files);
    }

    private static void checkFile(String name, String sha256) {
        Checks.require(
                FILE.matcher(name).matches() && !name.equals(ModelArtifact.MODEL),
                "files: expected the name of another file in the directory, at most one folder down; found '" + name
                        + "'");
        Checks.require(
                SHA256.matcher(sha256).matches(),
                "files." + name + ": expected 64 lower-case hexadecimal digits; found '" + sha256 + "'");
    }
}
