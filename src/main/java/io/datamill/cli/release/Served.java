package io.datamill.cli.release;

import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.step.artifact.ArtifactDirectory;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Pointer;
import io.datamill.step.score.ModelKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a directory serves at the moment, and how that is changed. Nothing that was written for a version ever changes.
 *
 * @param pointer null: the directory has none
 * @param only the version that a directory without a pointer is; null: there is none
 */
public record Served(ServedArtifact artifact, Pointer pointer, Version only) {

    /** @throws InvalidArtifactException if what is there is not what it should be */
    public static Served read(ServedArtifact artifact) throws IOException, InvalidArtifactException {
        ArtifactDirectory directory = artifact.directory();
        if (directory.hasPointer()) {
            return new Served(artifact, directory.pointer(), null);
        }
        String path = directory.path().toString();
        boolean one = Version.isThere(path, artifact.what().kind().main());
        return new Served(artifact, null, one ? Version.read(artifact.what(), path) : null);
    }

    /** The version that the newest events get; null where there is none. */
    public String champion() {
        return pointer == null ? (only == null ? null : only.id()) : pointer.champion();
    }

    /** Where it lives; null where there is none. */
    public String championDirectory() {
        return pointer == null
                ? (only == null ? null : artifact.directory().path().toString())
                : artifact.version(pointer.champion());
    }

    /** Whether a job that was planned before a pointer is written does not see it. */
    public boolean isUnseen() {
        return pointer == null;
    }

    /** @throws IllegalArgumentException if the version lacks what another step of the pipeline needs of it */
    public void check(Version version) throws IOException, InvalidPipelineException {
        List<String> expecting = artifact.expecting();
        if (!expecting.isEmpty() && !version.files().containsKey(ModelKind.BASELINE)) {
            throw new IllegalArgumentException(
                    version + " has no " + ModelKind.BASELINE + ", which " + String.join(", ", expecting)
                            + " needs: a running job would refuse it; train it with datamill train");
        }
    }

    /** Lets a version serve what arrives from a time on. */
    public Pointer promote(Version version, Instant from) throws IOException, InvalidArtifactException {
        Pointer next = champion() == null
                ? Pointer.first(version.id(), from)
                : started().promoting(version.id(), from);
        publish(version);
        return write(next);
    }

    /**
     * Lets a version score in the shadow.
     *
     * @throws IllegalArgumentException if nothing serves yet, it scores already, or there are too many
     */
    public Pointer challenge(Version version) throws IOException, InvalidArtifactException {
        if (champion() == null) {
            throw new IllegalArgumentException(
                    artifact.directory().path() + ": nothing serves yet: promote it without --shadow");
        }
        Pointer from = started();
        List<String> challengers = new ArrayList<>(from.challengers());
        if (challengers.contains(version.id())) {
            throw new IllegalArgumentException(version + " scores in the shadow already");
        }
        if (challengers.size() == Pointer.MAX_CHALLENGERS) {
            throw new IllegalArgumentException(Pointer.MAX_CHALLENGERS + " versions score in the shadow already: "
                    + String.join(", ", challengers) + "; promote one, or `datamill rollback --shadow VERSION`");
        }
        challengers.add(version.id());
        publish(version);
        return write(from.challengedBy(challengers));
    }

    /** @throws IllegalArgumentException if the version does not score in the shadow */
    public Pointer withdraw(String version) throws IOException, InvalidArtifactException {
        if (pointer == null || !pointer.challengers().contains(version)) {
            throw new IllegalArgumentException(version + " does not score in the shadow");
        }
        return write(pointer.challengedBy(pointer.challengers().stream()
                .filter(one -> !one.equals(version))
                .toList()));
    }

    /**
     * Lets a version that is in the directory serve again.
     *
     * @param version null: the one that served before the one that serves
     * @throws IllegalArgumentException if there is none, or it serves already
     * @throws InvalidArtifactException if its files are not what they were
     */
    public Pointer rollBack(String version, Instant from)
            throws IOException, InvalidArtifactException, InvalidPipelineException {
        if (pointer == null) {
            throw new IllegalArgumentException(artifact.directory().path() + ": there is no "
                    + ArtifactDirectory.POINTER + ": nothing has been promoted");
        }
        String to = version == null ? before() : version;
        if (to.equals(pointer.champion())) {
            throw new IllegalArgumentException(to + " serves already");
        }
        check(Version.read(artifact.what(), artifact.version(to)));
        return write(pointer.promoting(to, from));
    }

    private String before() {
        List<Pointer.Serving> serving = pointer.serving();
        for (int i = serving.size() - 2; i >= 0; i--) {
            if (!serving.get(i).version().equals(pointer.champion())) {
                return serving.get(i).version();
            }
        }
        throw new IllegalArgumentException("no version served before " + pointer.champion());
    }

    /** The pointer, or the one that says what the directory serves without. */
    private Pointer started() throws IOException {
        if (pointer != null) {
            return pointer;
        }
        publish(only);
        return Pointer.first(only.id(), Instant.EPOCH);
    }

    private void publish(Version version) throws IOException {
        for (Map.Entry<String, byte[]> file : version.files().entrySet()) {
            artifact.directory().write(version.id() + '/' + file.getKey(), file.getValue());
        }
    }

    private Pointer write(Pointer next) throws IOException, InvalidArtifactException {
        ArtifactDirectory directory = artifact.directory();
        boolean same = directory.hasPointer() ? directory.pointer().equals(pointer) : pointer == null;
        if (!same) {
            throw new IllegalArgumentException(
                    directory.path() + ": somebody else has promoted meanwhile; run it again");
        }
        directory.write(next);
        return next;
    }
}
