package io.datamill.lab;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How to run a program that refuses root.
 *
 * @param prefix what stands before the command; empty where the JVM itself is not root
 */
record Unprivileged(List<String> prefix) {
    /** "nobody", which initdb wants to find in the password file. */
    private static final int NOBODY = 65534;

    /** Keeps the files' owner: the process is root outside its namespace, without root's rights. */
    static final Unprivileged NAMESPACE =
            new Unprivileged(List.of("unshare", "-U", "--map-user=" + NOBODY, "--map-group=" + NOBODY));

    /** Works where user namespaces are shut off, as in most containers, but its files must be given away. */
    static final Unprivileged SETPRIV =
            new Unprivileged(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));

    static final Unprivileged PLAIN = new Unprivileged(List.of());

    /** @throws LabException if the JVM is root and cannot start a process that is not */
    static Unprivileged detect() {
        return choose(new UnixSystem().getUid() == 0, way -> way.succeeds("true"));
    }

    static Unprivileged choose(boolean root, Predicate<Unprivileged> works) {
        if (!root) {
            return PLAIN;
        }
        return Stream.of(NAMESPACE, SETPRIV)
                .filter(works)
                .findFirst()
                .orElseThrow(() -> new LabException("Elasticsearch and Postgres refuse to run as root, and neither"
                        + " `unshare -U` (user namespaces) nor `setpriv` works here:"
                        + " start the lab as another user, or install util-linux"));
    }

    ProcessBuilder command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return new ProcessBuilder(all);
    }

    /** Whether a process that runs this way reads the file, all the way down from the root directory. */
    boolean canRead(Path file) {
        return succeeds("test", "-r", file.toString());
    }

    /** Lets a process that runs this way write everything under the directory. */
    void own(Path directory) throws IOException {
        if (!equals(SETPRIV)) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:uid", NOBODY);
            }
        }
    }

    private boolean succeeds(String... command) {
        try {
            return command(List.of(command))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("the lab's start was interrupted", e);
        }
    }
}
