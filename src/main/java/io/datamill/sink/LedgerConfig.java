package io.datamill.sink;

import io.datamill.config.PipelineVersion;
import io.datamill.event.DriftFigure;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Reject;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where the ledger is kept, valid in itself. */
public interface LedgerConfig {

    /**
     * Adds the store's operators to the graph.
     *
     * @param totals of each tenant, minute and fate; each only grows
     * @return totals that the store refuses, as of a tenant with a character that it does not take
     * @throws io.datamill.config.Reference.UnresolvedReferenceException if it refers to what is not set
     */
    DataStream<Reject> attach(DataStream<LedgerEntry> totals, PipelineVersion pipeline);

    /**
     * The same for how far windows of events are from what was expected; here they are kept nowhere.
     *
     * @return figures that the store refuses
     */
    default Optional<DataStream<Reject>> attachDrift(DataStream<DriftFigure> figures, PipelineVersion pipeline) {
        return Optional.empty();
    }
}
