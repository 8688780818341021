package io.datamill.sink;

import io.datamill.sink.elasticsearch.Elasticsearch;
import io.datamill.sink.lake.RejectFiles;
import io.datamill.sink.lake.S3;
import io.datamill.sink.postgres.Postgres;
import io.datamill.sink.reject.RejectIndex;
import io.datamill.sink.verdict.Kinesis;
import java.util.Map;

/** The one list of sinks: the name in the YAML and the record its options bind to. */
public final class Sinks {
    public static final Map<String, Class<? extends SinkConfig>> ALL = Map.of(
            "postgres", Postgres.Config.class,
            "elasticsearch", Elasticsearch.Config.class,
            "s3", S3.Config.class,
            "kinesis", Kinesis.Config.class);

    /** The stores that take rejects. */
    public static final Map<String, Class<? extends RejectConfig>> REJECTS =
            Map.of("elasticsearch", RejectIndex.class, "s3", RejectFiles.class);

    private Sinks() {}
}
