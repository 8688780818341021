package io.datamill.sink.reject;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.Reject;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.elasticsearch.Elasticsearch;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.OutboxSink;
import io.datamill.sink.outbox.OutboxSpec;
import io.datamill.sink.outbox.StoreRow;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Rejects where they can be searched.
 *
 * @param index the alias; its template comes from a migration
 */
public record RejectIndex(Reference url, String index) implements RejectConfig {
    public RejectIndex {
        Elasticsearch.require(url, index);
    }

    @Override
    public Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline) {
        DataStream<StoreRow> rows = rejects.map(new RejectDocument())
                .returns(StoreRow.class)
                .name("render")
                .uid(id + "-render");
        Batching batching = Batching.DEFAULT;
        OutboxSpec spec = new OutboxSpec(
                "rejects.elasticsearch",
                id,
                pipeline.toString(),
                batching,
                Elasticsearch.store(url, index, batching.timeout()));
        return Optional.of(OutboxSink.attach(rows, id, spec));
    }
}
