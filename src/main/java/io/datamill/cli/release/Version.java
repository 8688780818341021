package io.datamill.cli.release;

import io.datamill.cli.release.ServedArtifact.What;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.decide.InvalidRuleSetException;
import io.datamill.step.decide.RuleSet;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/**
 * A version of a model or a rule set.
 *
 * @param id 12 hexadecimal digits, which its content gives
 * @param files everything that belongs to it, by name; checked against what the model was made with
 */
public record Version(String name, String id, Map<String, byte[]> files) {
    /** What training leaves for people, and is no part of a model's version. */
    private static final List<String> BESIDE = List.of(ModelArtifact.TRAINING, "report.html");

    /**
     * Reads one.
     *
     * @param directory of any file system Flink knows
     * @throws InvalidArtifactException if there is none, or it has been changed since it was made
     */
    public static Version read(What what, String directory) throws InvalidArtifactException, IOException {
        return what == What.MODEL ? model(directory) : rules(directory);
    }

    private static Version model(String directory) throws InvalidArtifactException, IOException {
        try {
            Model model = ModelArtifact.read(directory);
            Map<String, byte[]> files = new TreeMap<>();
            files.put(ModelArtifact.MODEL, bytes(directory, ModelArtifact.MODEL));
            for (String name : model.files().keySet()) {
                files.put(name, ModelArtifact.file(directory, model, name));
            }
            for (String name : BESIDE) {
                if (!files.containsKey(name) && isThere(directory, name)) {
                    files.put(name, bytes(directory, name));
                }
            }
            return new Version(model.identity().name(), model.identity().version(), files);
        } catch (InvalidModelException e) {
            throw new InvalidArtifactException(e.getMessage(), e);
        }
    }

    private static Version rules(String directory) throws InvalidArtifactException, IOException {
        try {
            RuleSet rules = RuleSet.read(directory);
            return new Version(rules.name(), rules.version(), Map.of(RuleSet.FILE, bytes(directory, RuleSet.FILE)));
        } catch (InvalidRuleSetException e) {
            throw new InvalidArtifactException(e.mistakes());
        }
    }

    static boolean isThere(String directory, String name) throws IOException {
        Path file = new Path(directory, name);
        return file.getFileSystem().exists(file);
    }

    private static byte[] bytes(String directory, String name) throws IOException {
        Path file = new Path(directory, name);
        try (FSDataInputStream in = file.getFileSystem().open(file)) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            throw new IOException(file + " has just gone", e);
        }
    }

    /** {@code name@version}. */
    @Override
    public String toString() {
        return name + '@' + id;
    }
}
