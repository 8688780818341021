package io.datamill.step.enrich;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Data that the build puts into the jar beside this package's classes; see kinesis-fixtures/README.md. */
final class Bundled {
    private Bundled() {}

    /** @param name below this package, such as {@code uap-core/regexes.yaml} */
    static InputStream open(String name) {
        InputStream resource = Bundled.class.getResourceAsStream(name);
        if (resource == null) {
            throw new IllegalStateException(
                    "no " + name + " in the jar; the build puts it there: mvn process-resources");
        }
        return resource;
    }

    /** A JSON array of strings. */
    static List<String> strings(String name) {
        try (InputStream resource = open(name)) {
            return List.of(new ObjectMapper().readValue(resource, String[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be read", e);
        }
    }
}
