package io.datamill.step.score;

/** An artifact's file cannot be read as what it should be; the message names the file and the key. */
public final class InvalidModelException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param cause null where the content itself is wrong */
    public InvalidModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
