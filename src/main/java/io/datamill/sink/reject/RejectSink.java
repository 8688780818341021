package io.datamill.sink.reject;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.Reject;
import io.datamill.sink.elasticsearch.Elasticsearch;
import io.datamill.sink.lake.RejectFiles;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.OutboxSink;
import io.datamill.sink.outbox.OutboxSpec;
import io.datamill.sink.outbox.StoreRow;
import java.util.Map;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Lands rejects, of steps and of sinks alike, in the stores that the pipeline names. */
public final class RejectSink {
    private RejectSink() {}

    /** @param path a directory of any file system that Flink knows; resolved when the graph is made: no secret */
    public record S3Config(Reference path) {
        public S3Config {
            if (path == null) {
                throw new IllegalArgumentException("path is missing; give a directory such as s3://lake/rejects");
            }
        }
    }

    /**
     * Where they can be searched.
     *
     * @param index the alias; its template comes from a migration
     */
    public record ElasticsearchConfig(Reference url, String index) {
        public ElasticsearchConfig {
            Elasticsearch.require(url, index);
        }
    }

    /**
     * Adds the sinks.
     *
     * @param stores the options of each store by its name, as the plan has them
     */
    public static void attach(DataStream<Reject> rejects, PipelineVersion pipeline, Map<String, Record> stores) {
        stores.forEach((name, config) -> {
            if (config instanceof S3Config s3) {
                RejectFiles.attach(rejects, "rejects-s3", s3.path().resolve());
            } else if (config instanceof ElasticsearchConfig elasticsearch) {
                documents(rejects, pipeline, elasticsearch);
            } else {
                throw new IllegalArgumentException("no sink of rejects for rejects." + name);
            }
        });
    }

    /** What Elasticsearch refuses of them is in the lake only: a reject of a reject would come back here. */
    private static void documents(DataStream<Reject> rejects, PipelineVersion pipeline, ElasticsearchConfig config) {
        DataStream<StoreRow> rows = rejects.map(new RejectDocument())
                .returns(StoreRow.class)
                .name("render rejects")
                .uid("rejects-render");
        Batching batching = Batching.DEFAULT;
        OutboxSpec spec = new OutboxSpec(
                "rejects.elasticsearch",
                "rejects",
                pipeline.toString(),
                batching,
                Elasticsearch.store(config.url(), config.index(), batching.timeout()));
        OutboxSink.attach(rows, "rejects-elasticsearch", spec);
    }
}
