package io.datamill.schema;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real-world data that a developer may have beside the project; tests that use it are skipped where it is not. */
public final class SharedData {
    private SharedData() {}

    /** A file or folder of it; aborts the test as skipped when it is not there. */
    public static Path find(String name) {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path found = up.resolve("shared/data").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
        }
        assumeTrue(false, "no shared/data/" + name + " beside the project");
        throw new AssertionError("unreachable");
    }
}
