package io.datamill.sink;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Alert;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where alerts go, valid in itself. */
public interface AlertConfig {

    /**
     * Adds the operators that tell them to the graph.
     *
     * @throws io.datamill.config.Reference.UnresolvedReferenceException if it refers to what is not set
     */
    void attach(DataStream<Alert> alerts, PipelineVersion pipeline);
}
