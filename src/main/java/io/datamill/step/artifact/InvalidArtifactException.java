package io.datamill.step.artifact;

import java.util.List;

/** An artifact, or the pointer to it, is not what it should be; each problem names file and place. */
public final class InvalidArtifactException extends Exception {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    public InvalidArtifactException(String message, Throwable cause) {
        super(message, cause);
        problems = List.of(message);
    }

    /** @param problems at least one */
    public InvalidArtifactException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The same, of a version. */
    InvalidArtifactException of(String version) {
        InvalidArtifactException told = new InvalidArtifactException(
                problems.stream().map(problem -> version + ": " + problem).toList());
        told.initCause(this);
        return told;
    }

    public List<String> problems() {
        return problems;
    }
}
