package io.datamill.sink.outbox;

import io.datamill.event.Reject;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Adds outboxes to a graph. */
public final class OutboxSink {
    private OutboxSink() {}

    /**
     * Writes rows through an outbox.
     *
     * @param id its uid, which its state is found by
     * @return the rows that the store refuses
     */
    public static DataStream<Reject> attach(DataStream<StoreRow> rows, String id, OutboxSpec spec) {
        return rows.keyBy(row -> row.key().bucket())
                .transform(spec.name(), TypeInformation.of(Reject.class), new OutboxFactory(spec))
                .uid(id);
    }
}
