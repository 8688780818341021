package io.datamill.step.artifact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
    private final Map<String, T> bound;
    private final Map<String, T> challengers;

    private Serving(long[] from, List<T> versions, Map<String, T> bound, Map<String, T> challengers) {
        this.from = from;
        this.versions = versions;
        this.bound = bound;
        this.challengers = challengers;
    }

    /** Makes a version ready, from its files by name. */
    @FunctionalInterface
    public interface Binding<T> {
        T bind(Map<String, byte[]> files) throws InvalidArtifactException;
    }

    /**
     * What a release serves. A version that {@code before} has ready is taken over as it is, since no version ever changes:
     * a change costs the new versions alone.
     *
     * @param before null: there is none
     * @throws InvalidArtifactException if the pointer, or a version that it names, cannot be served
     */
    public static <T> Serving<T> of(Release release, Serving<T> before, Binding<T> binding)
            throws InvalidArtifactException {
        Pointer pointer = release.readPointer();
        Map<String, T> bound = new LinkedHashMap<>();
        List<T> versions = new ArrayList<>();
        for (Pointer.Serving one : pointer.serving()) {
            ready(one.version(), release, before == null ? Map.of() : before.bound, binding, bound);
            versions.add(bound.get(one.version()));
        }
        // Each for itself, also where the version serves too: what is bound may keep something of the last event.
        Map<String, T> challengers = new LinkedHashMap<>();
        for (String version : pointer.challengers()) {
            ready(version, release, before == null ? Map.of() : before.challengers, binding, challengers);
        }
        long[] from = pointer.serving().stream()
                .mapToLong(Pointer.Serving::fromMillis)
                .toArray();
        return new Serving<>(from, versions, bound, challengers);
    }

    private static <T> void ready(
            String version, Release release, Map<String, T> before, Binding<T> binding, Map<String, T> ready)
            throws InvalidArtifactException {
        if (!ready.containsKey(version)) {
            T known = before.get(version);
            ready.put(version, known == null ? binding.bind(release.files(version)) : known);
        }
    }

    /** One version for all events. */
    public static <T> Serving<T> only(T version) {
        return new Serving<>(new long[] {Long.MIN_VALUE}, List.of(version), Map.of("", version), Map.of());
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
    public Collection<T> challengers() {
        return challengers.values();
    }

    /** Every version that may serve, and each challenger, once. */
    public List<T> all() {
        List<T> all = new ArrayList<>(bound.values());
        all.addAll(challengers.values());
        return all;
    }

    /** What was ready here and is not in another, so that it can be closed. */
    public List<T> without(Serving<T> other) {
        List<T> gone = all();
        gone.removeAll(other.all());
        return gone;
    }
}
