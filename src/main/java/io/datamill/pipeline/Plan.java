package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.expression.Expression;
import io.datamill.sink.AlertConfig;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.RejectConfig;
import io.datamill.sink.lake.RawFiles;
import io.datamill.source.KinesisConfig;
import io.datamill.step.AsyncStep;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Step;
import io.datamill.step.SwappableStep;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.EventConfig;
import io.datamill.step.adapter.EventReader;
import io.datamill.step.adapter.Peek;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * A pipeline that has been checked from end to end: what the job graph is made of.
 *
 * @param inputs at least one; those that no join takes are merged into the trunk
 * @param trunk the stream that every event passes
 * @param branches what else is made of the trunk's outcomes
 */
public record Plan(PipelineVersion version, List<Input> inputs, Flow trunk, List<Branch> branches, Accounts accounts) {

    /**
     * What is told beside the outcomes.
     *
     * @param rejects each store that rejects go to, by its name
     * @param alerts null: they are only logged
     * @param raw where records are kept as they were read; null: nowhere
     */
    public record Accounts(Map<String, RejectConfig> rejects, LedgerConfig ledger, AlertConfig alerts, RawFiles raw) {}

    /**
     * How events come in.
     *
     * @param name empty for a pipeline's only input that has no name
     * @param path where its sections stand in the file: {@code inputs.NAME}, or empty
     * @param source null where the pipeline is only tried
     * @param tenant of all its events where its {@code event} names no field
     * @param flow the steps of its own; it has sinks only where a step takes the input
     */
    public record Input(
            String name,
            String path,
            KinesisConfig source,
            Adapter adapter,
            EventConfig event,
            String tenant,
            Flow flow,
            boolean joined) {

        Input withFlow(Flow other) {
            return new Input(name, path, source, adapter, event, tenant, other, joined);
        }

        /** What reads its records. */
        public EventReader reader() {
            return new EventReader(adapter, event, tenant);
        }

        /** Its name behind a prefix, for uids and operators; the prefix alone where it has none. */
        public String named(String prefix, String separator) {
            return name.isEmpty() ? prefix : prefix + separator + name;
        }
    }

    /**
     * Steps and what they end in.
     *
     * @param legs at least one, which may have no steps
     * @param input the schema before the steps
     * @param output the schema behind them: the outcomes'
     */
    public record Flow(Schema input, List<Leg> legs, Schema output, List<Delivery> sinks) {
        /** The same steps, with other sinks. */
        public Flow withSinks(List<Delivery> other) {
            return new Flow(input, legs, output, other);
        }

        public boolean isEmpty() {
            return legs.stream().allMatch(leg -> leg.steps().isEmpty());
        }

        /** Null where there is none. */
        public PlannedStep lastStep() {
            return steps().reduce((first, second) -> second).orElse(null);
        }

        /** All steps in their order, with what the sinks ask for behind them. */
        public Stream<PlannedStep> steps() {
            return legs.stream().flatMap(leg -> leg.steps().stream());
        }

        /** Whether the last step runs in an operator that can count what it gives. */
        public boolean countsItself() {
            return lastStep() != null && !(lastStep().step() instanceof AsyncStep);
        }
    }

    /**
     * Another stream, made of the trunk's outcomes.
     *
     * @param when null: of all; else of those for which it is true
     */
    public record Branch(String name, Expression when, Flow flow) {}

    /**
     * Steps that run one after the other with no shuffle between them.
     *
     * @param key what the stream is partitioned by before them; null for the first leg where its steps need no key
     */
    public record Leg(StreamKey key, List<PlannedStep> steps) {

        /**
         * The steps as operators: consecutive stateless ones of one stage together, also those whose artifacts can
         * be exchanged, so that there is one more input for all of these; each other one alone.
         */
        public List<List<PlannedStep>> stages() {
            List<List<PlannedStep>> stages = new ArrayList<>();
            for (PlannedStep step : steps) {
                PlannedStep before =
                        stages.isEmpty() ? null : stages.get(stages.size() - 1).get(0);
                boolean joins = before != null
                        && !isAlone(step.step())
                        && !isAlone(before.step())
                        && (before.stage() == step.stage() || (follows(before.step()) && follows(step.step())));
                if (!joins) {
                    stages.add(new ArrayList<>());
                }
                stages.get(stages.size() - 1).add(step);
            }
            return stages;
        }

        private static boolean follows(Step step) {
            return step instanceof SwappableStep swappable && swappable.watch() != null;
        }

        private static boolean isAlone(Step step) {
            return step instanceof KeyedStep || step instanceof JoinStep || step instanceof AsyncStep;
        }
    }

    /**
     * What the stream is partitioned by.
     *
     * @param fields besides the tenant; none: the event's id
     * @param peeked whether they can be read from the record before the adapter has run; where not, and always from the
     *     second leg on, they are fields of the schema before the leg
     */
    public record StreamKey(List<String> fields, boolean peeked) {}

    /**
     * A sink and what it gets.
     *
     * @param when null: every outcome; else those for which it is true
     * @param projection the step that chooses the fields it gets; null: all of them
     */
    public record Delivery(String path, String id, Expression when, PlannedStep projection, PlannedSink sink) {}

    /** The same pipeline with other places for what is told beside the outcomes. */
    public Plan withAccounts(Accounts other) {
        return new Plan(version, inputs, trunk, branches, other);
    }

    /** Each flow that ends in sinks, by its name: the trunk's is empty, the others are those of inputs and branches. */
    public Map<String, Flow> ends() {
        Map<String, Flow> ends = new LinkedHashMap<>();
        ends.put("", trunk);
        inputs.stream()
                .filter(input -> !input.flow().sinks().isEmpty())
                .forEach(input -> ends.put(input.name(), input.flow()));
        branches.forEach(branch -> ends.put(branch.name(), branch.flow()));
        return ends;
    }

    /** The same pipeline, each of whose {@link #ends} ends in what is chosen for it. */
    public Plan withSinks(BiFunction<String, Flow, List<Delivery>> chosen) {
        List<Branch> ended = branches.stream()
                .map(branch -> new Branch(
                        branch.name(),
                        branch.when(),
                        branch.flow().withSinks(chosen.apply(branch.name(), branch.flow()))))
                .toList();
        List<Input> landed = inputs.stream()
                .map(input -> input.flow().sinks().isEmpty()
                        ? input
                        : input.withFlow(input.flow().withSinks(chosen.apply(input.name(), input.flow()))))
                .toList();
        return new Plan(version, landed, trunk.withSinks(chosen.apply("", trunk)), ended, accounts);
    }

    /** All steps: the inputs', the trunk's, the branches'. */
    public Stream<PlannedStep> steps() {
        return Stream.of(
                        inputs.stream().map(Input::flow),
                        Stream.of(trunk),
                        branches.stream().map(Branch::flow))
                .flatMap(flows -> flows)
                .flatMap(Flow::steps);
    }

    /** The schema of the outcomes. */
    public Schema outcome() {
        return trunk.output();
    }

    /** The only input whose events are the trunk's; those that a step takes stand beside it. */
    public Input input() {
        List<Input> own = inputs.stream().filter(input -> !input.joined()).toList();
        if (own.size() != 1) {
            throw new IllegalStateException(own.size() + " inputs, expected one");
        }
        return own.get(0);
    }

    /** What is read of an input's record before the first shuffle. */
    public Peek peek(Input input) {
        StreamKey key = peekedKey(input);
        return new Peek(input.adapter(), input.event(), input.tenant(), key == null ? List.of() : key.fields());
    }

    /** Whether an input's events are the trunk's, and no others. */
    private boolean isTrunkAlone(Input input) {
        return !input.joined() && inputs.stream().filter(one -> !one.joined()).count() == 1;
    }

    /** What an input's records are shuffled by before its adapter; null where they are not. */
    public StreamKey peekedKey(Input input) {
        List<Leg> legs = input.flow().isEmpty() && isTrunkAlone(input)
                ? trunk.legs()
                : input.flow().legs();
        StreamKey key = legs.get(0).key();
        return key != null && key.peeked() ? key : null;
    }
}
