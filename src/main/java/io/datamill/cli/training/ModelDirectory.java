package io.datamill.cli.training;

import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Puts a model's files into its directory, all at once: nobody sees half of a model there. */
public final class ModelDirectory {
    /** For people to read. */
    public static final String REPORT = "report.html";

    private static final Set<String> KNOWN = Set.of(
            ModelArtifact.MODEL,
            ModelArtifact.TRAINING,
            Training.FEATURES,
            Training.BASELINE,
            REPORT,
            ScoredPipeline.FILE,
            ScoredPipeline.FITTED);

    private final Path directory;

    public ModelDirectory(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** The name of a model that lives here, unless it is told another. */
    public String name() {
        return String.valueOf(directory.getFileName());
    }

    /**
     * Makes sure that a model may be written here.
     *
     * @param overwrite whether it may take the place of another
     * @throws IllegalArgumentException if not; the message says why
     */
    public void check(boolean overwrite) throws IOException {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IllegalArgumentException("--out " + directory + ": it is a file; give a directory");
        }
        if (!overwrite && Files.exists(directory.resolve(ModelArtifact.MODEL))) {
            throw new IllegalArgumentException(
                    "--out " + directory + ": there is a model already; give --overwrite to replace it");
        }
        if (Files.isDirectory(directory)) {
            try (Stream<Path> children = Files.list(directory)) {
                List<String> others = children.map(child -> child.getFileName().toString())
                        .filter(name -> !KNOWN.contains(name))
                        .sorted()
                        .toList();
                if (!others.isEmpty()) {
                    throw new IllegalArgumentException("--out " + directory + ": it holds what is no model's: "
                            + String.join(", ", others) + "; give a directory of its own");
                }
            }
        }
    }

    /** Writes the files beside the directory and then puts them in its place. */
    public void write(Map<String, byte[]> files) throws IOException {
        Path parent = directory.getParent();
        Files.createDirectories(parent);
        Path made = Files.createTempDirectory(parent, ".new-model");
        Path old = made.resolveSibling(made.getFileName() + "-old");
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = made.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
            // A directory made for one user only would be of no use to the job.
            made.toFile().setReadable(true, false);
            made.toFile().setExecutable(true, false);
            if (Files.exists(directory)) {
                Files.move(directory, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(made, directory, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(made);
            delete(old);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
