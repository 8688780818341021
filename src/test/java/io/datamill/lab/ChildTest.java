package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void site() throws Exception {
        Path home = Files.createDirectory(directory.resolve("lab"));
        site = new Site(LabFiles.inProject(directory), home, Reaper.of(home));
    }

    @AfterEach
    void close() {
        site.reaper().close();
    }

    @Test
    void showsTheLastLinesOfAServerThatEndsTooEarly() throws Exception {
        var child = start("for i in 1 2 3 4 5; do echo line $i; done; echo 'port 4567 is taken' >&2; exit 3");
        assertThatThrownBy(() -> child.awaitReady(LONG, () -> false))
                .isInstanceOf(LabException.class)
                .hasMessage("Kinesis ended with status 3 while starting:"
                        + " line 3 | line 4 | line 5 | port 4567 is taken");
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws Exception {
        var child = start("sleep 60");
        assertThatThrownBy(() -> child.awaitReady(Duration.ZERO, () -> false))
                .isInstanceOf(LabException.class)
                .hasMessage("Kinesis did not answer within 0 s; its last lines: (it wrote nothing)");
    }

    @Test
    void waitsUntilTheServerAnswers() throws Exception {
        Path answer = site.home().resolve("answer");
        var child = start("sleep 0.2; touch " + answer + "; sleep 60");
        assertThatCode(() -> child.awaitReady(LONG, () -> Files.exists(answer))).doesNotThrowAnyException();
    }

    @Test
    void showsWhyAProgramFailed() throws Exception {
        var child = start("echo 'no space left'; exit 1");
        assertThatThrownBy(() -> child.awaitSuccess(LONG)).hasMessage("Kinesis failed with status 1: no space left");
    }

    private Child start(String script) throws Exception {
        return Child.start("Kinesis", site, "TERM", new ProcessBuilder("sh", "-c", script));
    }
}
