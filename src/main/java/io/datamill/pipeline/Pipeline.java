package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.SinkConfig;
import io.datamill.source.KinesisConfig;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.EventConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline's file as written: each section valid in itself, not yet checked against any schema. A section that could
 * not be read is missing here and its mistakes are in the list that the file is read with, so that the others can still
 * be checked.
 *
 * @param accounts where it is told what did not become an outcome, and how many of each fate there were
 */
record Pipeline(PipelineVersion version, Input input, List<StepSpec> steps, List<SinkSpec> sinks, Accounts accounts) {

    /** How events come in. */
    record Input(Optional<KinesisConfig> source, Optional<AdapterSpec> adapter, Optional<EventConfig> event) {}

    /**
     * What is told beside the outcomes.
     *
     * @param rejects the stores that rejects go to, by name
     */
    record Accounts(Map<String, RejectConfig> rejects, Optional<LedgerConfig> ledger) {}

    /** One of the steps; without options where these could not be read. */
    record StepSpec(String path, Optional<StepConfig> config) {}

    /** The adapter. */
    record AdapterSpec(String path, AdapterConfig config) {}

    /**
     * One of the sinks.
     *
     * @param id the store's name, numbered from the second of its kind on
     * @param when the expression over the outcome that has to be true for the sink to get it; null: it gets all
     */
    record SinkSpec(String path, String id, String when, Optional<SinkConfig> config) {}
}
