package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.sink.AlertConfig;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.SinkConfig;
import io.datamill.sink.lake.RawFiles;
import io.datamill.source.KinesisConfig;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.AdapterConfig;
import io.datamill.step.adapter.EventConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A pipeline's file as written: each section valid in itself, not yet checked against any schema. A section that could
 * not be read is missing here and its mistakes are in the list that the file is read with, so that the others can still
 * be checked.
 *
 * @param accounts where it is told what did not become an outcome, and how many of each fate there were
 */
record Pipeline(
        PipelineVersion version,
        List<InputSpec> inputs,
        List<StepSpec> steps,
        List<SinkSpec> sinks,
        List<BranchSpec> branches,
        Accounts accounts) {

    /**
     * How events come in.
     *
     * @param name empty for the only input of a file without {@code inputs}
     * @param path empty for that one, else {@code inputs.NAME}
     */
    record InputSpec(
            String name,
            String path,
            Optional<KinesisConfig> source,
            Optional<AdapterSpec> adapter,
            Optional<EventConfig> event,
            List<StepSpec> steps,
            List<SinkSpec> sinks) {}

    /** Another stream, made of the outcomes. */
    record BranchSpec(String name, String path, String when, List<StepSpec> steps, List<SinkSpec> sinks) {}

    /**
     * What is told beside the outcomes.
     *
     * @param rejects the stores that rejects go to, by name
     */
    record Accounts(
            Map<String, RejectConfig> rejects,
            Optional<LedgerConfig> ledger,
            Optional<AlertConfig> alerts,
            Optional<RawFiles> raw) {

        /** Of the sections that were read. */
        Plan.Accounts planned() {
            return new Plan.Accounts(rejects, ledger.orElse(null), alerts.orElse(null), raw.orElse(null));
        }
    }

    /** The inputs' steps, then its own, then the branches'. */
    Stream<StepSpec> allSteps() {
        return Stream.of(
                        inputs.stream().flatMap(input -> input.steps().stream()),
                        steps.stream(),
                        branches.stream().flatMap(branch -> branch.steps().stream()))
                .flatMap(part -> part);
    }

    /** One of the steps; without options where these could not be read. */
    record StepSpec(String path, Optional<StepConfig> config) {}

    /** The adapter. */
    record AdapterSpec(String path, AdapterConfig config) {}

    /**
     * One of the sinks.
     *
     * @param id its own, or the store's name, numbered from the second of its kind on
     */
    record SinkSpec(String path, String id, Choice choice, Optional<SinkConfig> config) {}

    /**
     * What a sink gets of the outcomes.
     *
     * @param when the expression over the outcome that has to be true for the sink to get it; null: it gets all
     * @param routes the routes it takes events of; null: all
     * @param fields the fields it gets; null: all
     */
    record Choice(String when, List<String> routes, List<String> fields) {}
}
