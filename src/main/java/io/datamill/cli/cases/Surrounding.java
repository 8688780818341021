package io.datamill.cli.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a case finds around it while it runs: values for its references, and files. */
final class Surrounding implements AutoCloseable {
    private static final String DIRECTORY = "EXAMPLE_DIR";

    private final Path directory;
    private final Map<String, String> before = new HashMap<>();

    /** @throws IllegalArgumentException if the environment has another value, which would be used instead */
    Surrounding(Map<String, String> env, Map<String, String> files) throws IOException {
        directory = Files.createTempDirectory("datamill-case");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey()).normalize();
            if (!path.startsWith(directory)) {
                throw new IllegalArgumentException("files: '" + file.getKey() + "' lies outside of the directory");
            }
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        set(DIRECTORY, directory.toString());
        env.forEach(this::set);
    }

    private void set(String name, String value) {
        String real = System.getenv(name);
        if (real != null && !real.equals(value)) {
            throw new IllegalArgumentException(
                    "env." + name + ": the environment has another value, which would be used; unset it");
        }
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    @Override
    public void close() throws IOException {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        List<Path> paths;
        try (Stream<Path> found = Files.walk(directory)) {
            paths = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
