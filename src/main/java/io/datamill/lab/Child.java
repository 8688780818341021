package io.datamill.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the lab whose output goes to a file, so that its last lines can say why it ended. */
final class Child {
    /** More than ten times what the slowest takes on two free cores. */
    static final Duration LIMIT = Duration.ofSeconds(90);

    private static final int LAST_LINES = 4;
    private static final int POLL_MILLIS = 50;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** @param name of the server, and of its log in the site's directory */
    static Child start(String name, Site site, String signal, ProcessBuilder command) throws IOException {
        Path log = site.home().resolve(name.replace(' ', '-') + ".log");
        command.redirectErrorStream(true).redirectOutput(log.toFile());
        command.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        return new Child(name, site.reaper().start(signal, command), log);
    }

    /**
     * Blocks until the server answers.
     *
     * @throws LabException if it ends, or does not answer within the limit
     */
    void awaitReady(Duration limit, Probe probe) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!probe.answers()) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new LabException(
                        name + " ended with status " + process.exitValue() + " while starting: " + tail());
            }
            if (System.nanoTime() > deadline) {
                throw new LabException(
                        name + " did not answer within " + limit.toSeconds() + " s; its last lines: " + tail());
            }
        }
    }

    /** Blocks until a program that does one thing has done it. */
    void awaitSuccess(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new LabException(name + " took more than " + limit.toSeconds() + " s; its last lines: " + tail());
        }
        if (process.exitValue() != 0) {
            throw new LabException(name + " failed with status " + process.exitValue() + ": " + tail());
        }
    }

    private String tail() {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return lines.isEmpty()
                    ? "(it wrote nothing)"
                    : String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** Whether the server answers now. */
    interface Probe {
        boolean answers();
    }
}
