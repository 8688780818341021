package io.datamill.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Test data that may stand beside a checkout, in {@code shared/data} of any folder above; tests must pass without it. */
public final class SharedData {
    private SharedData() {}

    /** A folder of it; where it is not there the test is skipped. */
    public static Path folder(String name) {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path folder = above.resolve("shared/data").resolve(name);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return Assumptions.abort("no shared/data/" + name);
    }
}
