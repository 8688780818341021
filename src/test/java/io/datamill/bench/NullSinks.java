package io.datamill.bench;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Reject;
import io.datamill.pipeline.Catalog;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.lake.S3;
import io.datamill.sink.postgres.Postgres;
import io.datamill.sink.render.JsonDocument;
import io.datamill.sink.render.Lineage;
import io.datamill.sink.render.Renderer;
import io.datamill.sink.verdict.Kinesis;
import io.datamill.step.StatelessStep;
import io.datamill.step.Steps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The pipeline's sinks by their own options, each with its own encoding and no store behind it. */
final class NullSinks {
    static final Catalog CATALOG = new Catalog(
            Steps.ADAPTERS,
            Steps.VERBS,
            Map.of("postgres", Table.class, "elasticsearch", Index.class, "s3", Lake.class, "kinesis", Stream.class),
            Map.of("elasticsearch", IndexRejects.class, "s3", LakeRejects.class));

    private NullSinks() {}

    record Table(Reference url, String table, List<String> columns) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            Lineage lineage = new Lineage(planning.pipeline());
            Renderer renderer = Postgres.renderer(planning.outcome(), columns, lineage);
            Optional<StatelessStep> check = new Postgres.Config(url, table, null, columns, null)
                    .plan(planning)
                    .check();
            return new NullSink(planning, new Encoder.Rows(renderer), check, false);
        }
    }

    record Index(Reference url, String index) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            Renderer renderer = new JsonDocument(planning.outcome(), new Lineage(planning.pipeline()));
            return new NullSink(planning, new Encoder.Rows(renderer), Optional.empty(), false);
        }
    }

    record Lake(Reference path, String format, List<String> partition) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            S3 lake = (S3) new S3.Config(path, format, partition).plan(planning);
            return new NullSink(planning, new Encoder.Files(lake.format()), Optional.empty(), false);
        }
    }

    record Stream(Reference stream, Reference region, Reference endpoint, List<String> include) implements SinkConfig {
        @Override
        public PlannedSink plan(SinkPlanning planning) {
            Kinesis verdicts = (Kinesis) new Kinesis.Config(stream, region, endpoint, include).plan(planning);
            SerializationSchema<Event> message = verdicts.message();
            return new NullSink(planning, new Encoder.Messages(message), Optional.empty(), false);
        }
    }

    record IndexRejects(Reference url, String index) implements RejectConfig {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline) {
            rejects.sinkTo(new DiscardingSink<>()).name(id).uid(id);
            return Optional.empty();
        }
    }

    record LakeRejects(Reference path) implements RejectConfig {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline) {
            return new IndexRejects(path, null).attach(rejects, id, pipeline);
        }
    }

    /** Refuses nothing, keeps nothing. */
    record Ledger() implements LedgerConfig {
        @Override
        public DataStream<Reject> attach(DataStream<LedgerEntry> totals, PipelineVersion pipeline) {
            totals.sinkTo(new DiscardingSink<>()).name("ledger").uid("ledger");
            return totals.filter(total -> false)
                    .map(total -> (Reject) null)
                    .returns(TypeInformation.of(Reject.class))
                    .name("refused")
                    .uid("ledger-refused");
        }
    }
}
