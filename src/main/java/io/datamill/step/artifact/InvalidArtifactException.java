package io.datamill.step.artifact;

/** An artifact, or the pointer to it, is not what it should be; the message names file and place. */
public final class InvalidArtifactException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
