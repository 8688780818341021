package io.datamill.step.artifact;

import java.io.Serializable;
import java.util.List;

/** What the versions of an artifact are made of. */
public interface ArtifactKind extends Serializable {

    /** The file that every version has, such as {@code model.json}. */
    String main();

    /**
     * The names of the other files that a job needs.
     *
     * @param main the content of {@link #main()}
     * @throws InvalidArtifactException if that cannot be read
     */
    List<String> others(byte[] main) throws InvalidArtifactException;
}
