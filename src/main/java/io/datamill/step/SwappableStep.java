package io.datamill.step;

import io.datamill.config.Reference;
import io.datamill.step.artifact.ArtifactKind;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import java.io.Serializable;

/** A step that runs an artifact, such as a model, which can be exchanged while the job runs. */
public interface SwappableStep extends StatelessStep {

    /** What is followed; null where the artifact is the one it was planned with, for ever. */
    Watch watch();

    /** What the step was planned with; of meaning only where it follows something. */
    Release planned();

    /**
     * Runs what a release serves from now on. Where it cannot, it goes on with what it has.
     *
     * @throws InvalidArtifactException if the release cannot be served by this step
     */
    void take(Release release) throws InvalidArtifactException;

    /** Gives back what the versions it runs have taken. */
    @Override
    default void close() {}

    /**
     * A directory of an artifact's versions that a step follows.
     *
     * @param directory holds no secret: it is the release's name in the job's state
     */
    record Watch(Reference directory, ArtifactKind kind) implements Serializable {}
}
