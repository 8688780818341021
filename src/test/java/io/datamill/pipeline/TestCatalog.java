package io.datamill.pipeline;

import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.SourceRecord;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.Steps;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.AdapterConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** The verbs that need no file, and stand-ins for the adapter, the others and the sinks. */
public final class TestCatalog {
    public static final Catalog CATALOG = new Catalog(
            Map.of("avro", Fixed.class),
            verbs(),
            Map.of(
                    "elasticsearch", TestSinks.Index.class,
                    "kinesis", TestSinks.Stream.class,
                    "postgres", TestSinks.Table.class,
                    "s3", TestSinks.Lake.class),
            Map.of("s3", TestSinks.LakeRejects.class, "elasticsearch", TestSinks.IndexRejects.class));

    static final String HEAD = """
            pipeline: small
            source: { kinesis: { stream: mails, start: latest } }
            adapter: { avro: { registry: schemas, schema: email-metadata-v4 } }
            event: { id: event_id, time: received_at, tenant: org_id, late-after: 5m }
            """;
    static final String TAIL = """
            sinks:
              - postgres: { url: "${env:NO_SUCH_SECRET}", table: mail }
            rejects: { s3: { path: "s3://lake/rejects" } }
            ledger: { url: "${env:NO_SUCH_SECRET}" }
            """;

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

    private static Map<String, Class<? extends StepConfig>> verbs() {
        Map<String, Class<? extends StepConfig>> verbs = new HashMap<>(Steps.VERBS);
        verbs.put("geoip", Geoip.class);
        verbs.put("score", Score.class);
        return verbs;
    }

    /** The plan of a pipeline with these steps, or the section as written. */
    static Plan plan(String steps) throws InvalidPipelineException {
        return new Planner(CATALOG).plan(HEAD + steps + TAIL);
    }

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
        public boolean peekable() {
            return true;
        }

        @Override
        public Framing framing() {
            return Framing.WHOLE;
        }

        @Override
        public void read(SourceRecord record, Output out) {
            throw new UnsupportedOperationException();
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

    private static final class Nothing implements StatelessStep {
        private static final long serialVersionUID = 1L;

        @Override
        public Event apply(Event event) {
            return event;
        }
    }
}
