package io.datamill.step.artifact;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which versions of an artifact are served: what {@value ArtifactDirectory#POINTER} holds.
 *
 * <p>A version serves the events that arrived at or after its {@code from} and before that of the next one, so that all
 * subtasks change at the same event and a run after a failure gives each event the version that it had before.
 *
 * @param format {@code 1}
 * @param revision one more each time the pointer is written
 * @param serving the oldest first, at least one and at most {@value #MAX_SERVING}; events that arrived before the first
 *     one's time are its own as well
 * @param challengers versions that score in the shadow, at most {@value #MAX_CHALLENGERS}
 */
public record Pointer(int format, long revision, List<Serving> serving, List<String> challengers) {
    static final int MAX_SERVING = 10;
    public static final int MAX_CHALLENGERS = 3;
    private static final int FORMAT = 1;
    private static final String VERSION = "[0-9a-f]{12}";

    public Pointer {
        require(format == FORMAT, "format: expected " + FORMAT + "; found " + format);
        require(revision > 0, "revision: expected 1 or more; found " + revision);
        require(
                !serving.isEmpty() && serving.size() <= MAX_SERVING,
                "serving: expected 1 to " + MAX_SERVING + " versions; found " + serving.size());
        require(
                challengers.size() <= MAX_CHALLENGERS,
                "challengers: expected at most " + MAX_CHALLENGERS + "; found " + challengers.size());
        for (int i = 1; i < serving.size(); i++) {
            require(
                    serving.get(i - 1).fromMillis() < serving.get(i).fromMillis(),
                    "serving: expected the times in ascending order; found " + serving.get(i).from + " behind "
                            + serving.get(i - 1).from);
        }
        for (String version : challengers) {
            requireVersion("challengers", version);
        }
        serving = List.copyOf(serving);
        challengers = List.copyOf(challengers);
    }

    /**
     * A version and since when it serves.
     *
     * @param version 12 hexadecimal digits, the name of its directory
     * @param from the first arrival time that is its own, in ISO 8601 with {@code Z}
     */
    public record Serving(String version, String from) {
        public Serving {
            requireVersion("version", version);
            try {
                Instant.parse(from);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "from: expected a time such as 2026-01-31T12:00:00Z; found '" + from + "'", e);
            }
        }

        /** Milliseconds since the epoch. */
        @JsonIgnore
        public long fromMillis() {
            return Instant.parse(from).toEpochMilli();
        }
    }

    /** A pointer to the first version there is. */
    public static Pointer first(String version, Instant from) {
        return new Pointer(FORMAT, 1, List.of(new Serving(version, from.toString())), List.of());
    }

    /** The version that the newest events get. */
    @JsonIgnore
    public String champion() {
        return serving.get(serving.size() - 1).version;
    }

    /** Those that a job needs, each once. */
    @JsonIgnore
    public List<String> versions() {
        return Stream.concat(serving.stream().map(Serving::version), challengers.stream())
                .distinct()
                .toList();
    }

    /**
     * The pointer that serves another version from a time on. It is a challenger no longer; what would have served from
     * a later time than this does not.
     */
    public Pointer promoting(String version, Instant from) {
        List<Serving> kept = new ArrayList<>(serving);
        kept.removeIf(one -> one.fromMillis() >= from.toEpochMilli());
        kept.add(new Serving(version, from.toString()));
        int surplus = Math.max(0, kept.size() - MAX_SERVING);
        return new Pointer(
                FORMAT,
                revision + 1,
                kept.subList(surplus, kept.size()),
                challengers.stream().filter(one -> !one.equals(version)).toList());
    }

    /** The pointer with other challengers. */
    public Pointer challengedBy(List<String> versions) {
        return new Pointer(FORMAT, revision + 1, serving, versions);
    }

    private static void requireVersion(String key, String version) {
        require(version.matches(VERSION), key + ": expected 12 hexadecimal digits; found '" + version + "'");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
