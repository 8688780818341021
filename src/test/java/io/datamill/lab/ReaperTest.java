package io.datamill.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaperTest {
    private static final int LIMIT_SECONDS = 20;

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void directory() throws Exception {
        directory = Files.createDirectories(temporary.resolve("lab/some/data"))
                .resolve("../..")
                .normalize();
        Files.writeString(directory.resolve("some/file"), "data");
    }

    @Test
    void endsProcessesAndDeletesTheDirectory() throws Exception {
        var reaper = Reaper.of(directory);
        Process first = reaper.start("TERM", new ProcessBuilder("sleep", "60"));
        // One that a shell does not ignore for what it runs behind it, as it does INT.
        Process second = reaper.start("USR1", new ProcessBuilder("sleep", "60"));
        reaper.close();
        assertThat(first.waitFor()).as("by its signal, not by force").isEqualTo(128 + 15);
        assertThat(second.waitFor()).as("by its signal, not by force").isEqualTo(128 + 10);
        assertThat(directory).doesNotExist();
        assertThat(temporary).exists();
    }

    @Test
    void killsAProcessThatIgnoresItsSignal() throws Exception {
        var reaper = Reaper.of(directory);
        Process stubborn = reaper.start("TERM", new ProcessBuilder("sh", "-c", "trap '' TERM; echo deaf; sleep 60"));
        assertThat(stubborn.inputReader().readLine()).isEqualTo("deaf");
        reaper.close();
        assertThat(stubborn.waitFor(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopsTheProcessesEvenIfWhatRunsInsideFailsToStop() throws Exception {
        var reaper = Reaper.of(directory);
        Process process = reaper.start("TERM", new ProcessBuilder("sleep", "60"));
        reaper.stopAtClose(() -> {
            throw new IllegalStateException("stuck");
        });
        assertThatThrownBy(reaper::close).isInstanceOf(LabException.class).hasMessageContaining("stuck");
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void startsNothingAfterItsClose() throws Exception {
        var reaper = Reaper.of(directory);
        reaper.close();
        assertThatThrownBy(() -> reaper.start("TERM", new ProcessBuilder("sleep", "60")))
                .isInstanceOf(LabException.class);
    }

    @Test
    void endsProcessesOfAJvmThatWasKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var child =
                ProcessHandle.of(Long.parseLong(jvm.inputReader().readLine())).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        jvm.destroyForcibly();

        child.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (Files.exists(directory) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(directory).doesNotExist();
    }

    /** Says which process it started, and waits for its end. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Process child = Reaper.of(Path.of(arguments[0])).start("TERM", new ProcessBuilder("sleep", "60"));
            System.out.println(child.pid());
            child.waitFor();
        }
    }
}
