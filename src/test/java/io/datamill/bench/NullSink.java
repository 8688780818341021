package io.datamill.bench;

import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.RowResult;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import io.datamill.sink.render.Rendered;
import io.datamill.step.StatelessStep;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Encodes what the sink of that place would send, and sends nothing.
 *
 * @param outbox whether rows cross the shuffle to a real outbox, in front of a store that takes everything at once
 */
record NullSink(SinkPlanning planning, Encoder encoder, Optional<StatelessStep> check, boolean outbox)
        implements PlannedSink {

    NullSink withOutbox() {
        return new NullSink(planning, encoder, check, true);
    }

    @Override
    public Optional<DataStream<Reject>> attach(DataStream<Event> outcomes) {
        if (!(encoder instanceof Encoder.Rows rows)) {
            outcomes.sinkTo(new EncodingSink(encoder)).name(planning.id()).uid(planning.id());
            return Optional.empty();
        }
        SingleOutputStreamOperator<StoreRow> rendered = Rendered.rows(outcomes, planning, rows.renderer());
        if (outbox) {
            return Optional.of(Rendered.outbox(rendered, planning, Batching.DEFAULT, Store::new));
        }
        rendered.sinkTo(new DiscardingSink<>()).name(planning.id()).uid(planning.id());
        return Optional.empty();
    }

    private static final class Store implements StoreClient {
        @Override
        public List<RowResult> write(List<StoreRow> rows) {
            return Collections.nCopies(rows.size(), RowResult.WRITTEN);
        }

        @Override
        public void close() {}
    }
}
