package io.datamill.cli.reference;

import io.datamill.config.VerbDoc;
import io.datamill.pipeline.Option;
import java.util.List;
import java.util.Optional;

/**
 * One adapter, step, sink or section, as its record says.
 *
 * @param section the heading it stands under
 * @param noun what it is, such as {@code step}
 * @param name in the YAML
 */
record Entry(String section, String noun, String name, Class<?> config) {

    Optional<VerbDoc> doc() {
        return Optional.ofNullable(config.getAnnotation(VerbDoc.class));
    }

    List<Option> options() {
        return Option.of(config);
    }

    String purpose() {
        return doc().map(VerbDoc::purpose).orElse("(not described)");
    }

    /** The purpose's first sentence. */
    String summary() {
        String purpose = purpose();
        int end = purpose.indexOf(". ");
        return end < 0 ? purpose : purpose.substring(0, end + 1);
    }
}
