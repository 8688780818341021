package io.datamill.lab;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the Maven build put the servers' programs.
 *
 * @param lab the build's target/lab; what the lab unpacks is kept there for the next start
 * @param fixtures the project's kinesis-fixtures with its node_modules
 */
public record LabFiles(Path lab, Path fixtures) {
    /** Looks in the current directory, then in the project that the running classes or jar were built in. */
    public static LabFiles locate() {
        Path here = Path.of("").toAbsolutePath();
        return Stream.of(inProject(here), aroundTarget(codeSource().getParent()))
                .filter(files -> Files.isDirectory(files.lab))
                .findFirst()
                .orElseGet(() -> inProject(here));
    }

    /** The files of the project with this root. */
    static LabFiles inProject(Path root) {
        return aroundTarget(root.resolve("target"));
    }

    private static LabFiles aroundTarget(Path target) {
        return new LabFiles(target.resolve("lab"), target.resolveSibling("kinesis-fixtures"));
    }

    private static Path codeSource() {
        try {
            return Path.of(LabFiles.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the class path holds something that is no URI", e);
        }
    }

    /** @throws LabException if the build has not fetched it, as do all the others here */
    Path elasticsearchZip() {
        return required(lab.resolve("elasticsearch.zip"), "Elasticsearch");
    }

    Path s3proxyJar() {
        return required(lab.resolve("s3proxy-jar-with-dependencies.jar"), "S3Proxy");
    }

    /** The directory to give to Flink's plug-in finder: one directory for each plug-in. */
    Path plugins() {
        required(lab.resolve("plugins/s3-fs-hadoop/flink-s3-fs-hadoop.jar"), "Flink's S3 plug-in");
        return lab.resolve("plugins");
    }

    Path kinesisEmulator() {
        return required(fixtures.resolve("node_modules/kinesis-local/main.js"), "the Kinesis emulator");
    }

    private static Path required(Path file, String what) {
        if (!Files.exists(file)) {
            throw new LabException("the lab needs " + what + " but there is no " + file
                    + ": run `mvn package -DskipTests` in the project's directory, and start the lab from there");
        }
        return file;
    }
}
