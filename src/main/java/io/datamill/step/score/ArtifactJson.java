package io.datamill.step.score;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.datamill.config.Suggestion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/** Reads and writes an artifact's files: strictly, and to the same bytes each time. */
public final class ArtifactJson {
    private static final int MAX_BYTES = 1 << 20;

    /** How Jackson's message of a key that is not there begins; it goes on with its own options. */
    private static final String MISSING = "Missing creator property";

    /** Jackson would go on with how to allow it. */
    private static final Pattern NOT_FINITE = Pattern.compile("Non-standard token '([^']*)'");

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The shortest digits on every JDK; Double.toString changed with JDK 19.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private ArtifactJson() {}

    /**
     * @param file of any file system Flink knows, at most 1 MiB
     * @throws InvalidModelException if it is not there, cannot be read, or holds anything but what the type has
     */
    public static <T> T read(Path file, TypeReference<T> type) throws InvalidModelException {
        return read(file, type, MAX_BYTES);
    }

    /** The same, of a file of at most {@code maxBytes}. */
    public static <T> T read(Path file, TypeReference<T> type, int maxBytes) throws InvalidModelException {
        return read(file.toString(), bytes(file, maxBytes), type);
    }

    /**
     * The same of a file that has been read.
     *
     * @param origin names it in messages
     */
    public static <T> T read(String origin, byte[] bytes, TypeReference<T> type) throws InvalidModelException {
        try {
            T value = MAPPER.readValue(new String(bytes, StandardCharsets.UTF_8), type);
            if (value == null) {
                throw new InvalidModelException(origin + ": it is empty", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(origin + ": " + where(e) + what(e), e);
        }
    }

    /**
     * What stands below a key, as strictly as {@link #read}.
     *
     * @throws InvalidModelException if it holds anything but what the type has
     */
    public static <T> T convert(Path file, String key, JsonNode below, Class<T> type) throws InvalidModelException {
        try {
            T value = MAPPER.treeToValue(below, type);
            if (value == null) {
                throw new InvalidModelException(file + ": " + key + ": it is empty", null);
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new InvalidModelException(file + ": " + key + ": " + where(e) + what(e), e);
        }
    }

    /** The tree that {@link #write} makes text of. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Indented, with a final line feed. */
    public static String write(Object value) {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        try {
            return MAPPER.writer(printer).writeValueAsString(value) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    /** A file's bytes, at most {@code maxBytes}. */
    static byte[] bytes(Path file, int maxBytes) throws InvalidModelException {
        try (FSDataInputStream in = file.getFileSystem().open(file)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new InvalidModelException(file + ": more than " + maxBytes + " bytes", null);
            }
            return bytes;
        } catch (FileNotFoundException e) {
            throw new InvalidModelException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new InvalidModelException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String where(JsonProcessingException e) {
        StringBuilder path = new StringBuilder();
        if (e instanceof JsonMappingException mapping) {
            for (JsonMappingException.Reference step : mapping.getPath()) {
                path.append(
                        step.getFieldName() == null
                                ? "[" + step.getIndex() + "]"
                                : (path.isEmpty() ? "" : ".") + step.getFieldName());
            }
        }
        String line = e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : "line " + e.getLocation().getLineNr() + ": ";
        return line + (path.isEmpty() ? "" : path + ": ");
    }

    private static String what(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown key"
                    + Suggestion.among(
                            unknown.getPropertyName(),
                            unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .toList());
        }
        if (e instanceof InvalidTypeIdException kind) {
            return kind.getTypeId() == null ? "no kind" : "unknown kind '" + kind.getTypeId() + "'";
        }
        Matcher notFinite = NOT_FINITE.matcher(e.getOriginalMessage());
        if (notFinite.lookingAt()) {
            return notFinite.group(1) + " is no number here";
        }
        if (e.getOriginalMessage().startsWith(MISSING)) {
            return "missing";
        }
        return e.getCause() instanceof IllegalArgumentException refused ? refused.getMessage() : e.getOriginalMessage();
    }
}
