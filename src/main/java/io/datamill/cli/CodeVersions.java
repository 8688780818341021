package io.datamill.cli;

import io.datamill.step.score.training.Lineage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What runs, for the lineage of what it makes. */
final class CodeVersions {
    private static final Map<String, String> LIBRARIES =
            Map.of("tribuo", "org.tribuo/tribuo-classification-sgd", "xgboost4j", "ml.dmlc/xgboost4j_2.12");

    private CodeVersions() {}

    static Lineage.Code code() {
        String version = Datamill.class.getPackage().getImplementationVersion();
        Map<String, String> libraries = new TreeMap<>();
        LIBRARIES.forEach((name, artifact) -> libraries.put(name, version(artifact)));
        return new Lineage.Code(version == null ? "not built as a jar" : version, libraries);
    }

    /** As Maven puts it into each jar. */
    private static String version(String artifact) {
        try (InputStream in =
                CodeVersions.class.getResourceAsStream("/META-INF/maven/" + artifact + "/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
