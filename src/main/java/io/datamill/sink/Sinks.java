package io.datamill.sink;

import io.datamill.sink.lake.RejectFiles;
import io.datamill.sink.lake.S3;
import io.datamill.sink.verdict.Kinesis;
import java.util.Map;

/** The one list of sinks: the name in the YAML and the record its options bind to. */
public final class Sinks {
    public static final Map<String, Class<? extends SinkConfig>> ALL =
            Map.ofEntries(Map.entry("kinesis", Kinesis.Config.class), Map.entry("s3", S3.Config.class));

    /** The stores that take rejects. */
    public static final Map<String, Class<? extends RejectConfig>> REJECTS =
            Map.ofEntries(Map.entry("s3", RejectFiles.class));

    private Sinks() {}
}
