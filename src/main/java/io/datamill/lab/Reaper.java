package io.datamill.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends what the lab started and deletes the lab's directory: at close, and just so when the JVM is killed. The work is
 * done by a shell of its own, whose standard input the JVM holds open for as long as it lives.
 */
final class Reaper implements AutoCloseable {
    /** The shell waits up to 8 s for each server, of which at most three are processes, and 3 s for the directory. */
    private static final int LIMIT_SECONDS = 40;

    private final Path directory;
    private final Process shell;
    private final Writer names;
    private final List<Stop> stops = new ArrayList<>();
    private boolean closed;

    private Reaper(Path directory, Process shell) {
        this.directory = directory;
        this.shell = shell;
        this.names = shell.outputWriter(StandardCharsets.US_ASCII);
    }

    /** @param directory deleted with all that it holds */
    static Reaper of(Path directory) throws IOException {
        try (var script = Reaper.class.getResourceAsStream("reaper.sh")) {
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            var shell = new ProcessBuilder("sh", "-c", text, "reaper", directory.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Reaper(directory, shell);
        }
    }

    /** @param signal the name of the one that ends it soonest with nothing left behind */
    synchronized Process start(String signal, ProcessBuilder command) throws IOException {
        refuseWhenClosed();
        Process process = command.start();
        names.write(signal + " " + process.pid() + "\n");
        names.flush();
        return process;
    }

    /** Adds what runs inside this JVM. */
    synchronized void stopAtClose(Stop stop) {
        refuseWhenClosed();
        stops.add(stop);
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new LabException("the lab is closed");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stopInside();
        } finally {
            stopProcesses();
        }
    }

    private void stopInside() {
        RuntimeException failure = null;
        for (Stop stop : stops) {
            try {
                stop.stop();
            } catch (Exception e) {
                failure = failure == null ? new LabException("a server of the lab did not stop: " + e, e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void stopProcesses() {
        try {
            names.close();
            if (!shell.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || shell.exitValue() != 0) {
                throw new LabException("the lab's directory " + directory + " could not be deleted: delete it by hand");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the lab's reaper is gone; processes may be left", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    interface Stop {
        void stop() throws Exception;
    }
}
