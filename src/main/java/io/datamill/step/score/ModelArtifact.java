package io.datamill.step.score;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.core.fs.Path;

/**
 * The directory a model lives in: {@value #MODEL} is what the score step runs; {@value #TRAINING} says how it came
 * about and is never read by a job.
 */
public final class ModelArtifact {
    /** The model itself. */
    public static final String MODEL = "model.json";

    /** The lineage of its training. */
    public static final String TRAINING = "training.json";

    private static final int VERSION_DIGITS = 12;

    private ModelArtifact() {}

    /**
     * @param directory of any file system Flink knows
     * @throws InvalidModelException if the model cannot be read, or is not what its version says
     */
    public static Model read(String directory) throws InvalidModelException {
        Path file = new Path(directory, MODEL);
        Model model = ArtifactJson.read(file, new TypeReference<Model>() {});
        String expected = digest(model);
        if (!expected.equals(model.identity().version())) {
            String message = file + ": identity.version: its content is version " + expected + "; found '"
                    + model.identity().version()
                    + "'. A model is not changed by hand: train it again";
            throw new InvalidModelException(message, null);
        }
        return model;
    }

    /** The model with its version set, as {@value #MODEL} holds it. */
    public static String render(Model model) {
        return ArtifactJson.write(model.versioned(digest(model)));
    }

    private static String digest(Model model) {
        byte[] unversioned = ArtifactJson.write(model.versioned("")).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(unversioned);
            return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
