package io.datamill.step.fitted;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.score.ArtifactJson;
import io.datamill.step.score.InvalidModelException;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.flink.core.fs.Path;

/**
 * What {@code datamill fit} learned for one step, as its file holds it.
 *
 * @param format {@code 1}
 * @param version the first 12 hexadecimal digits of the SHA-256 of the file with an empty version, so that another
 *     content never has the same
 * @param schema the types, when it was learned, of the fields it was learned of
 * @param parameters of the verb
 */
public record Artifact(
        int format,
        String verb,
        String version,
        @JsonProperty("fitted_on") FittedOn fittedOn,
        Map<String, String> schema,
        JsonNode parameters) {
    static final int MAX_BYTES = 16 << 20;
    private static final int FORMAT = 1;
    private static final int VERSION_DIGITS = 12;

    public Artifact {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format: expected " + FORMAT + "; found " + format);
        }
    }

    /**
     * The sample.
     *
     * @param rows the events of it that reached the step
     * @param source its file's name
     * @param sha256 of the file's bytes, in hexadecimal
     */
    public record FittedOn(long rows, String source, String sha256) {}

    /** An artifact that fits the step that asked for it. */
    record Loaded<P>(String version, P parameters) {}

    /**
     * Makes the artifact of what was learned.
     *
     * @param input the schema before the step
     */
    public static Artifact of(FittedConfig config, Schema input, FittedOn sample, Fitting fitting)
            throws UnsuitableSampleException {
        Map<String, String> types = new LinkedHashMap<>();
        config.learned()
                .forEach(
                        name -> types.put(name, TypeText.of(input.getField(name).schema())));
        JsonNode parameters = ArtifactJson.tree(fitting.parameters());
        Artifact unversioned = new Artifact(FORMAT, config.verb(), "", sample, types, parameters);
        return unversioned.versioned(unversioned.digest());
    }

    /** As the file holds it: the same bytes for the same content. */
    public String render() {
        return ArtifactJson.write(this);
    }

    /**
     * Reads the artifact of a step while it is planned.
     *
     * @param type of the verb's parameters
     * @return null where it is not there or does not fit; then a problem has been reported
     */
    static <P extends Parameters> Loaded<P> load(FittedConfig config, Class<P> type, Planning planning) {
        String path = config.fitted().resolve();
        try {
            Path file = new Path(path);
            Artifact artifact = ArtifactJson.read(file, new TypeReference<Artifact>() {}, MAX_BYTES);
            artifact.check(file, config);
            P parameters = ArtifactJson.convert(file, "parameters", artifact.parameters, type);
            if (!new TreeSet<>(parameters.about()).equals(new TreeSet<>(artifact.schema.keySet()))) {
                throw new InvalidModelException(
                        file + ": parameters: of " + parameters.about() + ", but the schema has "
                                + artifact.schema.keySet(),
                        null);
            }
            return new Loaded<>(file.getName() + '@' + artifact.version, parameters);
        } catch (InvalidModelException e) {
            planning.problem(
                    "fitted",
                    e.getCause() instanceof FileNotFoundException
                            ? path + " is not there: run `datamill fit FILE --input SAMPLE --out DIR`"
                            : e.getMessage());
        } catch (IllegalArgumentException e) {
            planning.problem("fitted", "'" + path + "' is no path: " + e.getMessage());
        }
        return null;
    }

    private void check(Path file, FittedConfig config) throws InvalidModelException {
        if (!verb.equals(config.verb())) {
            throw new InvalidModelException(
                    file + ": verb: expected '" + config.verb() + "'; found '" + verb + "'", null);
        }
        String expected = digest();
        if (!expected.equals(version)) {
            throw new InvalidModelException(
                    file + ": version: its content is version " + expected + "; found '" + version
                            + "'. An artifact is not changed by hand: fit it again",
                    null);
        }
        TreeSet<String> asked = new TreeSet<>(config.learned());
        if (!asked.equals(new TreeSet<>(schema.keySet()))) {
            throw new InvalidModelException(
                    file + ": schema: it was fitted for " + schema.keySet() + ", but the pipeline asks for " + asked
                            + ": fit it again",
                    null);
        }
    }

    private Artifact versioned(String given) {
        return new Artifact(format, verb, given, fittedOn, schema, parameters);
    }

    private String digest() {
        byte[] unversioned = versioned("").render().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(unversioned);
            return HexFormat.of().formatHex(hash).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
