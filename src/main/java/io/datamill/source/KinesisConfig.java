package io.datamill.source;

import io.datamill.config.Reference;
import java.io.Serializable;

/**
 * The Kinesis stream a pipeline reads.
 *
 * @param start where to begin where no checkpoint or savepoint says so
 * @param region null: as the AWS SDK finds it
 * @param endpoint null: AWS's own
 */
public record KinesisConfig(Reference stream, Start start, Reference region, Reference endpoint)
        implements Serializable {
    public KinesisConfig {
        if (stream == null) {
            throw new IllegalArgumentException("stream is required");
        }
        if (start == null) {
            throw new IllegalArgumentException("start is required: trim-horizon or latest");
        }
    }

    /** Where to begin in each shard. */
    public enum Start {
        /** With the oldest record the stream still has. */
        TRIM_HORIZON,
        /** With what arrives from now on. */
        LATEST
    }
}
