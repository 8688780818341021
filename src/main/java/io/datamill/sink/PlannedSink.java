package io.datamill.sink;

import io.datamill.event.Event;
import io.datamill.event.Reject;
import io.datamill.step.StatelessStep;
import java.util.Optional;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A sink that has been checked; it adds its operators to the graph. */
public interface PlannedSink {

    /**
     * @param outcomes events of the pipeline's last schema, those that the sink's {@code when} lets through
     * @return the rows the store refuses, or empty where it refuses none
     */
    Optional<DataStream<Reject>> attach(DataStream<Event> outcomes);

    /**
     * The same sink for events some of which it has had before: those change nothing.
     *
     * @param reader finds out what it has had where its store cannot tell
     * @return empty where each would be one more message
     */
    default Optional<PlannedSink> again(LineageReader reader) {
        return Optional.of(this);
    }

    /**
     * What can be told from an event alone: a step that rejects what the store could never take. It runs before all
     * sinks, so that such an event is in no store rather than in some.
     */
    default Optional<StatelessStep> check() {
        return Optional.empty();
    }
}
