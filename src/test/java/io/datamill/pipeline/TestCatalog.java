package io.datamill.pipeline;

import io.datamill.config.Reference;
import io.datamill.config.Whole;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.event.SourceRecord;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.Sinks;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.Adapted;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.decide.Decide;
import io.datamill.step.transform.Derive;
import io.datamill.step.transform.Filter;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The real expression verbs, and stand-ins with the options of the others that open and need nothing. */
public final class TestCatalog {
    public static final Catalog CATALOG = new Catalog(
            Map.of("avro", Fixed.class),
            Map.of(
                    "decide", Decide.Config.class,
                    "deduplicate", Deduplicate.class,
                    "derive", Derive.Config.class,
                    "filter", Filter.Config.class,
                    "geoip", Geoip.class,
                    "impute", Impute.class,
                    "profile", Profile.class,
                    "score", Score.class),
            Map.of(
                    "elasticsearch", Index.class,
                    "kinesis", Stream.class,
                    "postgres", Table.class,
                    "s3", Lake.class),
            Sinks.REJECTS);

    private static final Schema MAIL = new Schema.Parser().parse("""
            {"type": "record", "name": "Mail", "namespace": "test", "fields": [
              {"name": "event_id", "type": "string"},
              {"name": "org_id", "type": "string"},
              {"name": "received_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
              {"name": "sent_at", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "from_domain", "type": ["null", "string"]},
              {"name": "reply_to_domain", "type": ["null", "string"]},
              {"name": "from_name", "type": ["null", "string"]},
              {"name": "sender_ip", "type": ["null", "string"]},
              {"name": "spf", "type": ["null", "string"]},
              {"name": "dkim", "type": ["null", "string"]},
              {"name": "dmarc", "type": ["null", "string"]},
              {"name": "url_count", "type": "int"},
              {"name": "hop_count", "type": "int"},
              {"name": "recipient_count", "type": "int"},
              {"name": "url_domains", "type": {"type": "array", "items": "string"}},
              {"name": "attachment_count", "type": ["null", "int"]},
              {"name": "size_bytes", "type": "long"}]}
            """);

    private TestCatalog() {}

    record Fixed(Reference registry, String schema) implements AdapterConfig {
        @Override
        public Adapter plan(BiConsumer<String, String> problems) {
            registry.resolve();
            if (!schema.equals("email-metadata-v4")) {
                problems.accept("schema", "no schema '" + schema + "'");
                return null;
            }
            return new FixedAdapter();
        }
    }

    private static final class FixedAdapter implements Adapter {
        private static final long serialVersionUID = 1L;

        @Override
        public Schema schema() {
            return MAIL;
        }

        @Override
        public Adapter projected(Collection<String> fields) {
            return this;
        }

        @Override
        public void open() {}

        @Override
        public void close() {}

        @Override
        public Adapted read(SourceRecord record) {
            throw new UnsupportedOperationException();
        }
    }

    record Impute(@Whole Map<String, String> fields) implements StepConfig {
        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            fields.keySet().forEach(name -> {
                Schema.Field field = planning.field(name, name);
                if (field != null) {
                    planning.replace(name, field.schema().getTypes().get(1));
                }
            });
            return new Nothing();
        }
    }

    record Geoip(String ip, Reference database, String as) implements StepConfig {
        public Geoip {
            if (ip == null) {
                throw new IllegalArgumentException("ip is missing; give the field with the address");
            }
        }

        @Override
        public Stage stage() {
            return Stage.ENRICH;
        }

        @Override
        public Step plan(Planning planning) {
            database.resolve();
            Schema geo = SchemaBuilder.record("Geo")
                    .fields()
                    .optionalString("country")
                    .requiredString("database")
                    .endRecord();
            planning.add("as", as, geo);
            return planning.field("ip", ip) == null ? null : new Nothing();
        }
    }

    record Score(Reference model, String as) implements StepConfig {
        @Override
        public Stage stage() {
            return Stage.SCORE;
        }

        @Override
        public Step plan(Planning planning) {
            planning.add(
                    "as",
                    as,
                    SchemaBuilder.record("Trust")
                            .fields()
                            .requiredDouble("score")
                            .endRecord());
            return new Nothing();
        }
    }

    record Deduplicate(String id, Duration within) implements StepConfig {
        public Deduplicate {
            if (id == null) {
                throw new IllegalArgumentException("id is missing");
            }
            if (within == null || within.isZero()) {
                throw new IllegalArgumentException("within is " + within + ", expected 1m to 90d");
            }
        }

        @Override
        public Stage stage() {
            return Stage.DEDUPLICATE;
        }

        @Override
        public Step plan(Planning planning) {
            return new Keyed(id, List.of());
        }
    }

    record Profile(String id, List<String> key, Map<String, String> features) implements StepConfig {
        @Override
        public Stage stage() {
            return Stage.PROFILE;
        }

        @Override
        public Step plan(Planning planning) {
            boolean known = true;
            for (int i = 0; i < key.size(); i++) {
                known &= planning.field("key[" + i + "]", key.get(i)) != null;
            }
            features.keySet().forEach(name -> planning.add("features." + name, name, Schema.create(Schema.Type.LONG)));
            return known ? new Keyed(id, key) : null;
        }
    }

    private static final class Nothing implements StatelessStep {
        private static final long serialVersionUID = 1L;

        @Override
        public Event apply(Event event) {
            return event;
        }
    }

    private record Keyed(String id, List<String> key) implements KeyedStep {
        @Override
        public void open(Context context) {}

        @Override
        public Event apply(Event event) {
            return event;
        }
    }

    record Table(Reference url, String table, List<String> columns) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            for (int i = 0; columns != null && i < columns.size(); i++) {
                String top = columns.get(i).replaceAll("\\..*", "");
                if (planning.outcome().getField(top) == null) {
                    planning.problem("columns[" + i + "]", "no field '" + top + "'");
                }
            }
            return new NoSink();
        }
    }

    record Index(Reference url, String index) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            return new NoSink();
        }
    }

    record Lake(Reference path, String format, List<String> partition) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            return new NoSink();
        }
    }

    record Stream(Reference stream, Reference region, Reference endpoint) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            return new NoSink();
        }
    }

    private record NoSink() implements PlannedSink {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Event> outcomes) {
            return Optional.empty();
        }
    }
}
