package io.datamill.sink.elasticsearch;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.render.JsonDocument;
import io.datamill.sink.render.JsonValue;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Rendered;
import io.datamill.sink.render.Renderer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The verb {@code elasticsearch}: indexes each outcome under its tenant and event id, in the month of its event time. */
public final class Elasticsearch {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,99}");

    private Elasticsearch() {}

    /**
     * The options as written.
     *
     * @param url such as {@code https://user:password@host:9200}
     * @param index the alias; its template comes from a migration
     */
    @VerbDoc(
            purpose =
                    "Indexes each outcome in Elasticsearch under its tenant and event id, in the index of the month of"
                            + " its event time, with the version as external version.",
            signature = "an outcome → a document of all its fields and its lineage",
            errors =
                    "A document that Elasticsearch refuses is rejected alone, with the store's code and reason; while it"
                            + " does not answer, documents wait in the job's state.",
            state =
                    "The documents of a batch; while the server does not answer, up to spill-rows or spill-bytes in each"
                            + " subtask.",
            example = """
                    sink: { elasticsearch: { url: "${env:ES_URL}", index: edits } }
                    fields: { page: string, user: string? }
                    """)
    public record Config(
            @OptionDoc("Such as `https://user:password@host:9200`.")
            Reference url,

            @OptionDoc("The alias, of a-z, 0-9, _ and -; its template comes from a migration.")
            String index,

            @OptionDoc(value = "How documents are gathered and how many may wait.", otherwise = "as below")
            Batching batch)
            implements SinkConfig {
        public Config {
            require(url, index);
            batch = batch == null ? Batching.DEFAULT : batch;
        }

        @Override
        public PlannedSink plan(SinkPlanning planning) {
            boolean right = true;
            for (Schema.Field field : planning.outcome().getFields()) {
                try {
                    JsonValue.of(field.schema());
                } catch (IllegalArgumentException e) {
                    planning.problem("", "field '" + field.name() + "': " + e.getMessage());
                    right = false;
                }
            }
            if (!right) {
                return null;
            }
            Renderer renderer = new JsonDocument(planning.outcome(), new Lineage(planning.pipeline()));
            StoreClient.Factory store = store(url, index, batch.timeout());
            return outcomes ->
                    Optional.of(Rendered.outbox(Rendered.rows(outcomes, planning, renderer), planning, batch, store));
        }
    }

    /** Checks what every configuration of Elasticsearch has. */
    public static void require(Reference url, String index) {
        if (url == null) {
            throw new IllegalArgumentException("url is missing; give http://host:9200");
        }
        if (index == null || !NAME.matcher(index).matches()) {
            throw new IllegalArgumentException("index is " + (index == null ? "missing" : "'" + index + "'")
                    + ", expected a name of a-z, 0-9, _ and - that begins with a letter");
        }
    }

    /** For an outbox: rows whose payload is a JSON document. */
    public static StoreClient.Factory store(Reference url, String index, Duration timeout) {
        return () -> new BulkClient(Connection.open(url.resolve(), timeout), index);
    }
}
