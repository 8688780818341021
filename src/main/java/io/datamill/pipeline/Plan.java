package io.datamill.pipeline;

import io.datamill.config.PipelineVersion;
import io.datamill.expression.Expression;
import io.datamill.sink.LedgerConfig;
import io.datamill.sink.PlannedSink;
import io.datamill.sink.RejectConfig;
import io.datamill.source.KinesisConfig;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.adapter.Adapter;
import io.datamill.step.adapter.EventConfig;
import io.datamill.step.adapter.Peek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * A pipeline that has been checked from end to end: what the job graph is made of.
 *
 * @param legs the steps in their order; at least one leg, which may have no steps
 */
public record Plan(PipelineVersion version, Input input, List<Leg> legs, List<Delivery> sinks, Accounts accounts) {

    /**
     * What is told beside the outcomes.
     *
     * @param rejects each store that rejects go to, by its name
     */
    public record Accounts(Map<String, RejectConfig> rejects, LedgerConfig ledger) {}

    /** How events come in. */
    public record Input(KinesisConfig source, Adapter adapter, EventConfig event) {}

    /**
     * Steps that run one after the other with no shuffle between them.
     *
     * @param key what the stream is partitioned by before them; null for the first leg where its steps need no key
     */
    public record Leg(StreamKey key, List<PlannedStep> steps) {

        /** The steps as operators: consecutive stateless ones of one stage together, each keyed one alone. */
        public List<List<PlannedStep>> stages() {
            List<List<PlannedStep>> stages = new ArrayList<>();
            for (PlannedStep step : steps) {
                PlannedStep before =
                        stages.isEmpty() ? null : stages.get(stages.size() - 1).get(0);
                boolean joins = before != null
                        && !(step.step() instanceof KeyedStep)
                        && !(before.step() instanceof KeyedStep)
                        && before.stage() == step.stage();
                if (!joins) {
                    stages.add(new ArrayList<>());
                }
                stages.get(stages.size() - 1).add(step);
            }
            return stages;
        }
    }

    /**
     * What the stream is partitioned by.
     *
     * @param fields besides the tenant
     * @param peeked whether they can be read from the record before the adapter has run; where not, and always from the
     *     second leg on, they are fields of the schema before the leg
     */
    public record StreamKey(List<String> fields, boolean peeked) {}

    /**
     * A sink and what it gets.
     *
     * @param when null: every outcome; else those for which it is true
     */
    public record Delivery(String path, String id, Expression when, PlannedSink sink) {}

    /** The step whose events are the outcomes; null where there are no steps. */
    public PlannedStep lastStep() {
        return legs.stream()
                .flatMap(leg -> leg.steps().stream())
                .reduce((before, last) -> last)
                .orElse(null);
    }

    /** The schema of the outcomes. */
    public Schema outcome() {
        return lastStep() == null ? input.adapter().schema() : lastStep().output();
    }

    /** What is read of a record before the first shuffle. */
    public Peek peek() {
        StreamKey key = legs.get(0).key();
        List<String> fields = key != null && key.peeked() ? key.fields() : List.of();
        return new Peek(input.adapter(), input.event(), fields);
    }
}
