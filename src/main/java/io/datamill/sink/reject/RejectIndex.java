package io.datamill.sink.reject;

import io.datamill.config.OptionDoc;
import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
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
@VerbDoc(
        purpose = "Indexes rejects in Elasticsearch, where they can be searched, each with the first 32 KiB of its bytes.",
        signature = "a reject → a document",
        errors = "What Elasticsearch refuses goes to the stores of rejects named after it.",
        example = """
                rejects: { elasticsearch: { url: "${env:ES_URL}", index: rejects } }
                """)
public record RejectIndex(
        @OptionDoc("Such as `https://user:password@host:9200`.") Reference url,
        @OptionDoc("The alias, of a-z, 0-9, _ and -; its template comes from a migration.") String index)
        implements RejectConfig {
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
