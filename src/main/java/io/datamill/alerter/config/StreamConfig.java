package io.datamill.alerter.config;

import io.datamill.config.Reference;

/**
 * The stream of verdicts.
 *
 * @param stream its name
 * @param region as AWS names it; null: as the AWS SDK finds it
 * @param endpoint of an emulator; null or empty: AWS's own
 * @param start where to begin when nothing is remembered of the stream
 */
public record StreamConfig(Reference stream, Reference region, Reference endpoint, Start start) {
    public StreamConfig {
        if (stream == null) {
            throw new IllegalArgumentException("stream is missing; give the name of a Kinesis stream");
        }
        start = start == null ? Start.LATEST : start;
    }

    /** Where to begin. */
    public enum Start {
        /** With the oldest record the stream still has. */
        TRIM_HORIZON,
        /** With what arrives from then on. */
        LATEST
    }
}
