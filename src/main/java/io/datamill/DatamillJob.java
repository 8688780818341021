package io.datamill;

import io.datamill.event.Event;
import io.datamill.event.EventTypeInformation;
import io.datamill.event.KeyedRecord;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Reject;
import io.datamill.operator.AdapterOperator;
import io.datamill.operator.EventOperator;
import io.datamill.operator.KeyedStepOperator;
import io.datamill.operator.LedgerTotals;
import io.datamill.operator.Rekey;
import io.datamill.operator.StageOperator;
import io.datamill.operator.When;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.source.KinesisSource;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.adapter.EventReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One pipeline, one job: the whole graph, from top to bottom.
 *
 * <pre>
 * kinesis ─ raw records by peeked key ─ adapter, stages and keyed steps in the pipeline's order ─┬─ each sink
 *                                                └─ rejects, ledger                              └─ what it refuses
 * </pre>
 */
public final class DatamillJob {
    /** Fixed by the first release: key groups cannot be cut anew under a savepoint. */
    public static final int MAX_PARALLELISM = 720;

    private final Plan plan;
    private final List<DataStream<Reject>> rejects = new ArrayList<>();
    private final List<DataStream<LedgerEntry>> ledger = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    private DatamillJob(Plan plan) {
        this.plan = plan;
    }

    /**
     * Runs a pipeline on the cluster that this is submitted to.
     *
     * @param args the pipeline's file
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            throw new IllegalArgumentException("expected one argument, the pipeline's file; got " + args.length);
        }
        Plan plan = plan(Path.of(args[0]));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        define(env, plan);
        env.execute(plan.version().name());
    }

    /** @throws InvalidPipelineException with every mistake of the file */
    public static Plan plan(Path file) throws InvalidPipelineException, IOException {
        return new Planner(Catalog.STANDARD).plan(file);
    }

    /** The job that reads what the pipeline's source section says. */
    public static void define(StreamExecutionEnvironment env, Plan plan) {
        Plan.Input input = plan.input();
        DataStream<KeyedRecord> records = KinesisSource.attach(
                env, input.source(), plan.peek(), input.event().lateAfter());
        define(env, plan, records);
    }

    /** The job that reads {@code records}, each of which {@link Plan#peek} has looked at. */
    public static void define(StreamExecutionEnvironment env, Plan plan, DataStream<KeyedRecord> records) {
        env.setMaxParallelism(MAX_PARALLELISM);
        env.getConfig().enableObjectReuse();
        DatamillJob job = new DatamillJob(plan);
        DataStream<Event> events = job.adapter(records);
        Schema schema = plan.input().adapter().schema();
        for (int i = 0; i < plan.legs().size(); i++) {
            Plan.Leg leg = plan.legs().get(i);
            if (leg.key() != null && !leg.key().peeked()) {
                events = job.shuffled(events, schema, leg.key());
            }
            for (List<PlannedStep> stage : leg.stages()) {
                schema = stage.get(stage.size() - 1).output();
                events = job.stage(events, stage, schema);
            }
        }
        job.sinks(events, schema);
        job.ledger();
        job.rejects();
    }

    private DataStream<Event> adapter(DataStream<KeyedRecord> records) {
        Plan.StreamKey key = plan.legs().get(0).key();
        DataStream<KeyedRecord> partitioned =
                key != null && key.peeked() ? records.keyBy(KeyedRecord::key, Types.STRING) : records;
        EventReader reader =
                new EventReader(plan.input().adapter(), plan.input().event());
        SingleOutputStreamOperator<Event> events = partitioned.transform(
                "adapter",
                new EventTypeInformation(reader.schema()),
                new AdapterOperator(plan.version(), "adapter", reader, plan.lastStep() == null));
        return named(events, "adapter", "adapter");
    }

    /** Another key than what the stream is partitioned by: decoded events go through the network. */
    private DataStream<Event> shuffled(DataStream<Event> events, Schema schema, Plan.StreamKey key) {
        String name = "key by " + String.join(", ", key.fields());
        return events.map(new Rekey(schema, key.fields()))
                .returns(new EventTypeInformation(schema))
                .name(name)
                .uid(unique(name))
                .keyBy(Event::key, Types.STRING);
    }

    private DataStream<Event> stage(DataStream<Event> events, List<PlannedStep> steps, Schema schema) {
        PlannedStep first = steps.get(0);
        boolean last = steps.contains(plan.lastStep());
        EventTypeInformation type = new EventTypeInformation(schema);
        String name = first.stage().operatorName();
        if (first.step() instanceof KeyedStep keyed) {
            return named(
                    KeyedStepOperator.byKey(events)
                            .transform(name, type, new KeyedStepOperator(plan.version(), first, last)),
                    name + ": " + keyed.id(),
                    "step-" + keyed.id()); // No other operator is named so.
        }
        return named(events.transform(name, type, new StageOperator(plan.version(), steps, last)), name, unique(name));
    }

    private DataStream<Event> named(SingleOutputStreamOperator<Event> events, String name, String uid) {
        rejects.add(events.getSideOutput(EventOperator.REJECTS));
        ledger.add(events.getSideOutput(EventOperator.LEDGER));
        return events.name(name).uid(uid);
    }

    private void sinks(DataStream<Event> outcomes, Schema schema) {
        for (Plan.Delivery delivery : plan.sinks()) {
            DataStream<Event> wanted = delivery.when() == null ? outcomes : wanted(outcomes, schema, delivery);
            delivery.sink().attach(wanted).ifPresent(rejects::add);
        }
    }

    private DataStream<Event> wanted(DataStream<Event> outcomes, Schema schema, Plan.Delivery delivery) {
        SingleOutputStreamOperator<Event> wanted = outcomes.process(
                        new When(delivery.path(), plan.version().toString(), delivery.when()),
                        new EventTypeInformation(schema))
                .name("when: " + delivery.id())
                .uid("when-" + delivery.id());
        rejects.add(wanted.getSideOutput(EventOperator.REJECTS));
        return wanted;
    }

    /** Each store gets all rejects, and what the stores before it refused of them; so the last refuses nothing. */
    private void rejects() {
        List<DataStream<Reject>> all = new ArrayList<>();
        all.add(union(rejects)
                .map(reject -> reject)
                .returns(Reject.class)
                .name("rejects")
                .uid("rejects"));
        plan.accounts()
                .rejects()
                .forEach((store, config) -> config.attach(union(all), "rejects-" + store, plan.version())
                        .ifPresent(all::add));
    }

    private void ledger() {
        DataStream<LedgerEntry> totals = union(ledger)
                .keyBy(LedgerTotals::key, Types.STRING)
                .process(new LedgerTotals())
                .name("totals")
                .uid("ledger-totals");
        rejects.add(plan.accounts().ledger().attach(totals, plan.version()));
    }

    /** A stage's name, numbered from its second time on. */
    private String unique(String name) {
        int count = names.merge(name, 1, Integer::sum);
        return count == 1 ? name : name + '-' + count;
    }

    @SuppressWarnings("unchecked") // An array of a generic type.
    private static <T> DataStream<T> union(List<DataStream<T>> streams) {
        return streams.get(0).union(streams.subList(1, streams.size()).toArray(new DataStream[0]));
    }
}
