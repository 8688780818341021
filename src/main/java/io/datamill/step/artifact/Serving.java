package io.datamill.step.artifact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The versions of a release, made ready to run, and which of them an event gets.
 *
 * @param <T> a version that is ready
 */
public final class Serving<T> {
    private final long[] from;
    private final List<T> versions;
    private final List<T> challengers;

    private Serving(long[] from, List<T> versions, List<T> challengers) {
        this.from = from;
        this.versions = versions;
        this.challengers = challengers;
    }

    /** Makes a version ready, from its files by name. */
    @FunctionalInterface
    public interface Binding<T> {
        T bind(Map<String, byte[]> files) throws InvalidArtifactException;
    }

    /** @throws InvalidArtifactException if the pointer, or a version that it names, cannot be served */
    public static <T> Serving<T> of(Release release, Binding<T> binding) throws InvalidArtifactException {
        Pointer pointer = release.readPointer();
        Map<String, T> bound = new HashMap<>();
        List<T> versions = new ArrayList<>();
        for (Pointer.Serving one : pointer.serving()) {
            if (!bound.containsKey(one.version())) {
                bound.put(one.version(), binding.bind(release.files(one.version())));
            }
            versions.add(bound.get(one.version()));
        }
        // Each for itself, also where the version serves too: what is bound may keep something of the last event.
        List<T> challengers = new ArrayList<>();
        for (String version : pointer.challengers()) {
            challengers.add(binding.bind(release.files(version)));
        }
        long[] from = pointer.serving().stream()
                .mapToLong(Pointer.Serving::fromMillis)
                .toArray();
        return new Serving<>(from, versions, challengers);
    }

    /** One version for all events. */
    public static <T> Serving<T> only(T version) {
        return new Serving<>(new long[] {Long.MIN_VALUE}, List.of(version), List.of());
    }

    /** @param arrivalTime of the event's record, in milliseconds since the epoch */
    public T at(long arrivalTime) {
        int newest = from.length - 1;
        while (newest > 0 && from[newest] > arrivalTime) {
            newest--;
        }
        return versions.get(newest);
    }

    /** Those that score in the shadow. */
    public List<T> challengers() {
        return challengers;
    }

    /** Every version that may serve, the newest last, and each challenger; some may be there twice. */
    public List<T> all() {
        List<T> all = new ArrayList<>(versions);
        all.addAll(challengers);
        return all;
    }
}
