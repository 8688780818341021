package io.datamill.sink.postgres;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.EventKey;
import io.datamill.event.Reject;
import io.datamill.schema.TypeText;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.render.FieldPath;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Rendered;
import io.datamill.sink.render.Renderer;
import io.datamill.step.StatelessStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The verb {@code postgres}: upserts each outcome into a table by tenant and event id, guarded by its version. */
public final class Postgres {
    private Postgres() {}

    /**
     * The options as written.
     *
     * @param url {@code jdbc:postgresql://...}, with user and password as its parameters
     * @param table created by a migration, with the columns tenant, event_id, event_time, version and lineage
     * @param key field paths whose values, text or whole numbers, are the row's key instead of the event's id: a dimension
     *     has one row for each of its members
     * @param columns field paths; {@code trust.score} goes to the column {@code trust_score}, arrays and records are
     *     jsonb
     */
    public record Config(Reference url, String table, List<String> key, List<String> columns, Batching batch)
            implements SinkConfig {
        public Config {
            if (url == null) {
                throw new IllegalArgumentException("url is missing; give jdbc:postgresql://host/database");
            }
            if (table == null || columns == null || columns.isEmpty()) {
                throw new IllegalArgumentException((table == null ? "table" : "columns") + ": is missing");
            }
            try {
                Column.identifier(table);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("table " + e.getMessage(), e);
            }
            key = key == null ? List.of() : List.copyOf(key);
            columns = List.copyOf(columns);
            batch = batch == null ? Batching.DEFAULT : batch;
        }

        @Override
        public PlannedSink plan(SinkPlanning planning) {
            List<Column> resolved = new ArrayList<>();
            Set<String> names = new HashSet<>(Table.FIXED);
            for (int i = 0; i < columns.size(); i++) {
                String option = "columns[" + i + "]";
                try {
                    Column column = Column.of(columns.get(i), planning.outcome());
                    if (names.add(column.name())) {
                        resolved.add(column);
                    } else {
                        planning.problem(option, "column '" + column.name() + "' is written already");
                    }
                } catch (IllegalArgumentException e) {
                    planning.problem(option, e.getMessage());
                }
            }
            List<FieldPath> keys = keys(planning);
            if (resolved.size() < columns.size() || keys.size() < key.size()) {
                return null;
            }
            Renderer renderer = new RowRenderer(resolved, new RowKey(keys), new Lineage(planning.pipeline()));
            StoreClient.Factory store = store(url, new Table(table, resolved), batch.timeout());
            return new Sink(planning, renderer, new TextCheck(resolved), batch, store);
        }

        private List<FieldPath> keys(SinkPlanning planning) {
            List<FieldPath> keys = new ArrayList<>();
            for (int i = 0; i < key.size(); i++) {
                try {
                    FieldPath field = FieldPath.of(key.get(i), planning.outcome());
                    if (EventKey.canHold(field.schema())) {
                        keys.add(field);
                    } else {
                        planning.problem(
                                "key[" + i + "]",
                                "'" + key.get(i) + "' is " + TypeText.of(field.schema())
                                        + ", expected a string or a whole number");
                    }
                } catch (IllegalArgumentException e) {
                    planning.problem("key[" + i + "]", e.getMessage());
                }
            }
            return keys;
        }
    }

    private record Sink(
            SinkPlanning planning, Renderer renderer, TextCheck text, Batching batch, StoreClient.Factory store)
            implements PlannedSink {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Event> outcomes) {
            return Optional.of(Rendered.outbox(Rendered.rows(outcomes, planning, renderer), planning, batch, store));
        }

        @Override
        public Optional<StatelessStep> check() {
            return Optional.of(text);
        }
    }

    /**
     * The rendering alone.
     *
     * @throws IllegalArgumentException if the outcome has no such field
     */
    public static Renderer renderer(Schema outcome, List<String> columns, Lineage lineage) {
        return new RowRenderer(columns.stream().map(c -> Column.of(c, outcome)).toList(), RowKey.EVENT, lineage);
    }

    static StoreClient.Factory store(Reference url, Upsert upsert, Duration timeout) {
        return () -> {
            Connections connections = new Connections(url, timeout);
            connections.open();
            return new PostgresClient(connections, upsert);
        };
    }
}
