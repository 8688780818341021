package io.datamill.sink;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Reject;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A store that rejects go to, valid in itself. */
public interface RejectConfig {

    /**
     * Adds the store's operators to the graph.
     *
     * @param id uid and name of the operator that writes
     * @return what this store refuses in its turn, for the others; empty where it refuses nothing
     * @throws io.datamill.config.Reference.UnresolvedReferenceException if it refers to what is not set
     */
    Optional<DataStream<Reject>> attach(DataStream<Reject> rejects, String id, PipelineVersion pipeline);
}
