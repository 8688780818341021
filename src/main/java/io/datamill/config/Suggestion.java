package io.datamill.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;

/** The "did you mean" of a misspelt name. */
public final class Suggestion {
    /** From here on a name is near: lets {@code source_ip} suggest {@code sender_ip}, and {@code nope} nothing. */
    private static final double NEAR = 0.72;

    /** From here on a name can be taken for the one that is meant: {@code geopi}, but not {@code drop} for group. */
    private static final double CLEAR = 0.88;

    private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();

    private Suggestion() {}

    /** {@code "; did you mean 'x'?"} for the nearest name, or the empty string where none is near. */
    public static String among(String name, Collection<String> known) {
        return nearest(name, known)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }

    /** The same, but all known names, in their order, where none is near. */
    public static String amongOrAll(String name, Collection<String> known) {
        String near = among(name, known);
        return near.isEmpty() ? "; there is " + String.join(", ", known) : near;
    }

    /** The known name that this one is a misspelling of, if that is clear. */
    public static Optional<String> meant(String name, Collection<String> known) {
        return nearest(name, known, CLEAR);
    }

    /** The known name most like this one, if any is like it at all. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return nearest(name, known, NEAR);
    }

    private static Optional<String> nearest(String name, Collection<String> known, double least) {
        return known.stream()
                .filter(candidate -> likeness(name, candidate) >= least)
                .max(Comparator.comparingDouble(candidate -> likeness(name, candidate)));
    }

    /** Two letters in the wrong order are a misspelling also of a name that is too short for its letters to tell. */
    private static double likeness(String name, String candidate) {
        return isSwapped(name, candidate) ? 1 : SIMILARITY.apply(name, candidate);
    }

    private static boolean isSwapped(String name, String candidate) {
        int length = name.length();
        int at = 0;
        while (at < length && at < candidate.length() && name.charAt(at) == candidate.charAt(at)) {
            at++;
        }
        return length == candidate.length()
                && at + 1 < length
                && name.charAt(at) == candidate.charAt(at + 1)
                && name.charAt(at + 1) == candidate.charAt(at)
                && name.startsWith(candidate.substring(at + 2), at + 2);
    }
}
