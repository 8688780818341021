package io.datamill.sensor;

/** A stream did not take some records; says how many it took before, so that the user knows where to go on. */
public final class UnsentRecordsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsentRecordsException(long sent, int unsent, String reason, Throwable cause) {
        super(sent + " records were sent; the next " + unsent + " were not: " + reason, cause);
    }
}
