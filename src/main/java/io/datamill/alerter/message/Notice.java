package io.datamill.alerter.message;

import java.time.Instant;

/**
 * An alert that a job itself put on the stream, such as of a model that was refused.
 *
 * @param severity such as warning; empty if it says none
 * @param source who tells of it; empty if it does not say
 * @param text may be empty
 */
public record Notice(String tenant, String id, Instant at, String severity, String source, String title, String text)
        implements Message {
    @Override
    public String kind() {
        return "alert";
    }
}
