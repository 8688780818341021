package io.datamill.pipeline;

import io.datamill.sink.RejectConfig;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.Sinks;
import io.datamill.step.StepConfig;
import io.datamill.step.Steps;
import io.datamill.step.adapter.AdapterConfig;
import java.util.Map;

/** The words a pipeline's file may use: names and the records that their options bind to. */
public record Catalog(
        Map<String, Class<? extends AdapterConfig>> adapters,
        Map<String, Class<? extends StepConfig>> verbs,
        Map<String, Class<? extends SinkConfig>> sinks,
        Map<String, Class<? extends RejectConfig>> rejects) {

    /** All that there is. */
    public static final Catalog STANDARD = new Catalog(Steps.ADAPTERS, Steps.VERBS, Sinks.ALL, Sinks.REJECTS);
}
