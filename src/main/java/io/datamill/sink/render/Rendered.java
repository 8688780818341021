package io.datamill.sink.render;

import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.sink.SinkPlanning;
import io.datamill.sink.outbox.Batching;
import io.datamill.sink.outbox.OutboxSink;
import io.datamill.sink.outbox.OutboxSpec;
import io.datamill.sink.outbox.StoreClient;
import io.datamill.sink.outbox.StoreRow;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** What sinks through an outbox have in common: outcomes are rendered, and then cross the shuffle as bytes. */
public final class Rendered {
    private Rendered() {}

    /** Renders in an operator of its own, chained to what is before it. */
    public static SingleOutputStreamOperator<StoreRow> rows(
            DataStream<Event> outcomes, SinkPlanning planning, Renderer renderer) {
        return outcomes.process(
                        new RenderOutcomes(planning.path(), planning.pipeline().toString(), renderer))
                .name("render")
                .uid(planning.id() + "-render");
    }

    /** @return what the renderer and what the store refuses */
    public static DataStream<Reject> outbox(
            SingleOutputStreamOperator<StoreRow> rows,
            SinkPlanning planning,
            Batching batching,
            StoreClient.Factory store) {
        OutboxSpec spec = new OutboxSpec(
                planning.path(), planning.id(), planning.pipeline().toString(), batching, store);
        DataStream<Reject> refused = OutboxSink.attach(rows, planning.id(), spec);
        return rows.getSideOutput(RenderOutcomes.REJECTS).union(refused);
    }
}
