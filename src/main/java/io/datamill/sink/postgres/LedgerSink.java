package io.datamill.sink.postgres;

import io.datamill.config.OptionDoc;
import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.DriftFigure;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Position;
import io.datamill.event.Reject;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.OutboxSink;
import io.datamill.sink.outbox.OutboxSpec;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Keeps the ledger's totals in the table {@code ledger}. They go through an outbox like events: the ledger is fed by
 * every step, and a sink that waits for a frozen Postgres would stop them all.
 */
public final class LedgerSink {
    private static final String ID = "ledger";

    private LedgerSink() {}

    /**
     * The {@code ledger:} section.
     *
     * @param url of Postgres, where {@code datamill migrate} has run
     */
    @VerbDoc(
            purpose = "Counts, in the table `ledger` of Postgres, how many records of each tenant and minute of arrival"
                    + " had which fate: in, out, filtered, duplicate, rejected. The table `drift` of the same"
                    + " database takes what steps `expect` find.",
            signature = "a total → a row",
            state = "A count for each tenant, minute and fate.",
            example = """
                    ledger: { url: "${env:PG_URL}" }
                    """)
    public record Config(
            @OptionDoc("`jdbc:postgresql://host/database`, with user and password as its parameters.")
            Reference url) implements LedgerConfig {
        public Config {
            if (url == null) {
                throw new IllegalArgumentException("url is missing; give jdbc:postgresql://host/database");
            }
        }

        /** Writes totals, the highest of each tenant, minute and fate. */
        @Override
        public DataStream<Reject> attach(DataStream<LedgerEntry> totals, PipelineVersion pipeline) {
            String name = pipeline.name();
            DataStream<StoreRow> rows = totals.map(total -> row(total, name))
                    .returns(StoreRow.class)
                    .name("ledger rows")
                    .uid("ledger-rows");
            Batching batching = Batching.DEFAULT;
            StoreClient.Factory store = Postgres.store(url, new Totals(), batching.timeout());
            return OutboxSink.attach(rows, ID, new OutboxSpec(ID, ID, pipeline.toString(), batching, store));
        }

        @Override
        public Optional<DataStream<Reject>> attachDrift(DataStream<DriftFigure> figures, PipelineVersion pipeline) {
            return Optional.of(DriftTable.attach(figures, url, pipeline));
        }
    }

    static StoreRow row(LedgerEntry total, String pipeline) {
        String entry = total.minute() + "/" + total.fate();
        return new StoreRow(
                new StoreRow.Key(total.tenant(), entry),
                total.count(),
                total.minute(),
                new Position(ID, pipeline, entry, total.minute()),
                total.fate().name().getBytes(StandardCharsets.US_ASCII));
    }

    /** The table; the count is its own version. */
    record Totals() implements Upsert {
        @Override
        public String table() {
            return ID;
        }

        @Override
        public List<String> columnNames() {
            return List.of("pipeline", "tenant", "minute", "fate", "count");
        }

        @Override
        public String statement() {
            return "INSERT INTO ledger AS t (pipeline, tenant, minute, fate, count) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (pipeline, tenant, minute, fate) DO UPDATE SET count = EXCLUDED.count"
                    + " WHERE t.count < EXCLUDED.count";
        }

        @Override
        public void bind(PreparedStatement statement, StoreRow row) throws SQLException {
            statement.setString(1, row.position().shard());
            statement.setString(2, row.key().tenant());
            statement.setObject(3, Column.time(row.time()));
            statement.setString(4, new String(row.payload(), StandardCharsets.US_ASCII));
            statement.setLong(5, row.version());
        }
    }
}
