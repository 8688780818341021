package io.datamill.step;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The "did you mean" of a misspelt name. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code "; did you mean 'x'?"} for the nearest name, or the empty string where none is near. */
    public static String among(String name, Collection<String> known) {
        int bound = Math.max(2, name.length() / 2);
        LevenshteinDistance distance = new LevenshteinDistance(bound);
        Optional<String> nearest = known.stream()
                .filter(candidate -> distance.apply(name, candidate) >= 0)
                .min(Comparator.comparing(candidate -> distance.apply(name, candidate)));
        return nearest.map(candidate -> "; did you mean '" + candidate + "'?").orElse("");
    }
}
