package io.datamill.config;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of the configuration that may hold references: {@code ${env:NAME}}, {@code ${env:NAME:-default}} or {@code
 * ${file:/run/secrets/x}}, whose path may hold a variable: {@code ${file:${env:SECRETS}/x}}. It travels as written and is resolved where it is used, so that what it stands for never
 * reaches the job graph, the web UI, a log or a checkpoint.
 *
 * <p>{@code env} reads the environment variable, or the Java system property of that name where there is none.
 */
public record Reference(String written) implements Serializable {
    private static final Pattern PART =
            Pattern.compile("\\$\\{(env|file):((?:\\$\\{env:[^}]*}|[^}])*?)(?::-([^}]*))?}");
    private static final int MAX_FILE_BYTES = 1 << 20;

    /** @throws IllegalArgumentException if it holds a reference of no known kind */
    public Reference {
        if (PART.matcher(written).replaceAll("").contains("${")) {
            throw new IllegalArgumentException(
                    "expected ${env:NAME}, ${env:NAME:-default} or ${file:PATH}, but read '" + written + "'");
        }
    }

    /**
     * The value, with every reference replaced.
     *
     * @throws UnresolvedReferenceException if a variable without a default is not set or a file cannot be read
     */
    public String resolve() {
        Matcher matcher = PART.matcher(written);
        return matcher.replaceAll(
                part -> Matcher.quoteReplacement(resolve(part.group(1), part.group(2), part.group(3))));
    }

    private static String resolve(String kind, String name, String otherwise) {
        String value = kind.equals("env") ? variable(name) : file(name);
        if (value == null && otherwise == null) {
            throw new UnresolvedReferenceException(
                    kind.equals("env")
                            ? "environment variable " + name + " is not set"
                            : "file " + name + " cannot be read");
        }
        return value == null ? otherwise : value;
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        return value != null ? value : System.getProperty(name);
    }

    private static String file(String written) {
        String name = new Reference(written).resolve();
        Path path = Path.of(name);
        try {
            if (Files.isRegularFile(path) && Files.size(path) <= MAX_FILE_BYTES) {
                return Files.readString(path).strip();
            }
            return null;
        } catch (IOException e) {
            throw new UnresolvedReferenceException("file " + name + " cannot be read: " + e.getMessage());
        }
    }

    /** As written: never the secret. */
    @Override
    public String toString() {
        return written;
    }

    /** A reference stands for nothing here. */
    public static final class UnresolvedReferenceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnresolvedReferenceException(String message) {
            super(message);
        }
    }
}
