package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LabFilesTest {
    @TempDir
    private Path project;

    static Stream<Arguments> pieces() {
        return Stream.of(
                piece("Elasticsearch", "target/lab/elasticsearch.zip", LabFiles::elasticsearchZip),
                piece("S3Proxy", "target/lab/s3proxy-jar-with-dependencies.jar", LabFiles::s3proxyJar),
                piece(
                        "Flink's S3 plug-in",
                        "target/lab/plugins/s3-fs-hadoop/flink-s3-fs-hadoop.jar",
                        LabFiles::plugins),
                piece(
                        "the Kinesis emulator",
                        "kinesis-fixtures/node_modules/kinesis-local/main.js",
                        LabFiles::kinesisEmulator));
    }

    private static Arguments piece(String what, String path, Function<LabFiles, Path> finder) {
        return Arguments.of(what, path, finder);
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void saysInOneLineWhichPieceIsMissingAndHowToGetIt(String what, String path, Function<LabFiles, Path> finder) {
        var files = LabFiles.inProject(project);
        assertThatThrownBy(() -> finder.apply(files))
                .isInstanceOf(LabException.class)
                .hasMessage("the lab needs " + what + " but there is no " + project.resolve(path)
                        + ": run `mvn package -DskipTests` in the project's directory, and start the lab from there");
    }

    @ParameterizedTest
    @MethodSource("pieces")
    void findsThePiecesWhereTheBuildPutsThem(String what, String path, Function<LabFiles, Path> finder)
            throws Exception {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        assertThat(file.startsWith(finder.apply(LabFiles.inProject(project)))).isTrue();
    }

    @Test
    void findsTheProjectThatTheClassesWereBuiltIn() {
        Path target = LabFiles.locate().lab().getParent();
        assertThat(target.resolve("test-classes")).isDirectory();
    }
}
