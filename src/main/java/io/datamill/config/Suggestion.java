package io.datamill.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The "did you mean" of a misspelt name. */
public final class Suggestion {
    /** From here on a name is near: lets {@code source_ip} suggest {@code sender_ip}, and {@code nope} nothing. */
    private static final double NEAR = 0.72;

    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestion() {}

    /** {@code "; did you mean 'x'?"} for the nearest name, or the empty string where none is near. */
    public static String among(String name, Collection<String> known) {
        return nearest(name, known)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** The known name most like this one, if any is like it at all. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .filter(candidate -> SIMILARITY.apply(name, candidate) >= NEAR)
                .max(Comparator.comparingDouble(candidate -> SIMILARITY.apply(name, candidate)));
    }
}
