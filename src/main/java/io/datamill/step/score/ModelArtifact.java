package io.datamill.step.score;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.flink.core.fs.Path;

/**
 * The directory a model lives in: {@value #MODEL} is what the score step runs, with the files that it names; {@value
 * #TRAINING} says how it came about and is never read by a job.
 */
public final class ModelArtifact {
    /** The model itself, at most 16 MiB. */
    public static final String MODEL = "model.json";

    /** The lineage of its training. */
    public static final String TRAINING = "training.json";

    /** How large {@link #MODEL} may be. */
    static final int MAX_MODEL_BYTES = 16 << 20;

    /** How large each of its other files may be. */
    static final int MAX_FILE_BYTES = 64 << 20;

    private static final int VERSION_DIGITS = 12;

    private ModelArtifact() {}

    /**
     * @param directory of any file system Flink knows
     * @throws InvalidModelException if the model cannot be read, or is not what its version says
     */
    public static Model read(String directory) throws InvalidModelException {
        Path file = new Path(directory, MODEL);
        return model(file.toString(), ArtifactJson.bytes(file, MAX_MODEL_BYTES));
    }

    /**
     * The same of files that are in memory.
     *
     * @param origin where they are from, for messages
     * @param files by the name that each has in the directory
     */
    public static Model read(String origin, Map<String, byte[]> files) throws InvalidModelException {
        return model(origin + '/' + MODEL, bytes(origin, files, MODEL, MAX_MODEL_BYTES));
    }

    /**
     * One of the files that belong to a model.
     *
     * @param name one of {@link Model#files}; at most 64 MiB
     * @throws InvalidModelException if it cannot be read, or is not the one that the model was made with
     */
    public static byte[] file(String directory, Model model, String name) throws InvalidModelException {
        String sha256 = expected(model, name);
        Path file = new Path(directory, name);
        return checked(file.toString(), model, sha256, ArtifactJson.bytes(file, MAX_FILE_BYTES));
    }

    /** The same of files that are in memory. */
    public static byte[] file(String origin, Map<String, byte[]> files, Model model, String name)
            throws InvalidModelException {
        String sha256 = expected(model, name);
        return checked(origin + '/' + name, model, sha256, bytes(origin, files, name, MAX_FILE_BYTES));
    }

    /** The model with its version set, as {@value #MODEL} holds it. */
    public static String render(Model model) {
        return ArtifactJson.write(model.versioned(digest(model)));
    }

    /** What {@link Model#files} holds for a file of these bytes. */
    public static String sha256(byte[] bytes) {
        return DigestUtils.sha256Hex(bytes);
    }

    private static Model model(String origin, byte[] bytes) throws InvalidModelException {
        Model model = ArtifactJson.read(origin, bytes, new TypeReference<Model>() {});
        String expected = digest(model);
        if (!expected.equals(model.identity().version())) {
            String message = origin + ": identity.version: its content is version " + expected + "; found '"
                    + model.identity().version()
                    + "'. A model is not changed by hand: train it again";
            throw new InvalidModelException(message, null);
        }
        return model;
    }

    private static byte[] bytes(String origin, Map<String, byte[]> files, String name, int maxBytes)
            throws InvalidModelException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new InvalidModelException(origin + '/' + name + ": there is no such file", null);
        }
        if (bytes.length > maxBytes) {
            throw new InvalidModelException(origin + '/' + name + ": more than " + maxBytes + " bytes", null);
        }
        return bytes;
    }

    private static String expected(Model model, String name) {
        String expected = model.files().get(name);
        if (expected == null) {
            throw new IllegalArgumentException(model.identity() + " has no file '" + name + "'; it has "
                    + model.files().keySet());
        }
        return expected;
    }

    private static byte[] checked(String origin, Model model, String expected, byte[] bytes)
            throws InvalidModelException {
        String found = sha256(bytes);
        if (!found.equals(expected)) {
            throw new InvalidModelException(
                    origin + ": " + model.identity() + " was made with a file of SHA-256 " + expected + "; found "
                            + found + ". A model's files are not changed by hand: train it again",
                    null);
        }
        return bytes;
    }

    private static String digest(Model model) {
        byte[] unversioned = ArtifactJson.write(model.versioned("")).getBytes(StandardCharsets.UTF_8);
        return sha256(unversioned).substring(0, VERSION_DIGITS);
    }
}
