package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.config.Reference;
import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.SinkPlanning;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Stand-ins with the options of the sinks; they connect to nothing. */
final class TestSinks {
    private TestSinks() {}

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

    record LakeRejects(Reference path) implements RejectConfig {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline) {
            return Optional.empty();
        }
    }

    record IndexRejects(Reference url, String index) implements RejectConfig {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline) {
            return Optional.empty();
        }
    }

    private record NoSink() implements PlannedSink {
        @Override
        public Optional<DataStream<Reject>> attach(DataStream<Event> outcomes) {
            return Optional.empty();
        }
    }
}
