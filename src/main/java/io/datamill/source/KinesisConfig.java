package io.datamill.source;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import java.io.Serializable;

/**
 * The Kinesis stream a pipeline reads.
 *
 * @param start where to begin where no checkpoint or savepoint says so
 * @param region null: as the AWS SDK finds it
 * @param endpoint null: AWS's own
 */
@VerbDoc(
        purpose = "Reads the records of a Kinesis stream, with a watermark for each shard.",
        signature = "→ records",
        errors = "None: a record is bytes, which the adapter reads.",
        state = "The position in each shard.",
        example = """
                source: { kinesis: { stream: "${env:EDITS_STREAM:-edits}", start: trim-horizon } }
                """)
public record KinesisConfig(
        @OptionDoc("The stream's name.") Reference stream,
        @OptionDoc("Where to begin in each shard if no checkpoint says so: `trim-horizon` with the oldest record there"
                        + " is, `latest` with what arrives from now on.")
                Start start,
        @OptionDoc(value = "As AWS names it.", otherwise = "as the AWS SDK finds it") Reference region,
        @OptionDoc(value = "The address of an emulator.", otherwise = "AWS's own") Reference endpoint)
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
