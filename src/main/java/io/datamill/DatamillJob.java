package io.datamill;

import io.datamill.event.Alert;
import io.datamill.event.DriftFigure;
import io.datamill.event.Event;
import io.datamill.event.EventTypeInformation;
import io.datamill.event.KeyedRecord;
import io.datamill.event.LedgerEntry;
import io.datamill.event.Observation;
import io.datamill.event.Reject;
import io.datamill.expression.Expression;
import io.datamill.operator.AdapterOperator;
import io.datamill.operator.AsyncStepFunction;
import io.datamill.operator.EventOperator;
import io.datamill.operator.EventOperator.Counting;
import io.datamill.operator.ExpectedWindows;
import io.datamill.operator.JoinOperator;
import io.datamill.operator.KeyedStepOperator;
import io.datamill.operator.LedgerTotals;
import io.datamill.operator.Rekey;
import io.datamill.operator.ReleaseAlerts;
import io.datamill.operator.ReleaseSource;
import io.datamill.operator.StageOperator;
import io.datamill.operator.SwappingStageOperator;
import io.datamill.operator.When;
import io.datamill.pipeline.Catalog;
import io.datamill.pipeline.InvalidPipelineException;
import io.datamill.pipeline.Plan;
import io.datamill.pipeline.Planner;
import io.datamill.sink.lake.RawFiles;
import io.datamill.source.KinesisSource;
import io.datamill.step.AsyncStep;
import io.datamill.step.JoinStep;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.SwappableStep;
import io.datamill.step.adapter.EventReader;
import io.datamill.step.artifact.Release;
import io.datamill.step.expect.Expect;
import io.datamill.step.expect.Expectations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One pipeline, one job: the whole graph, from top to bottom.
 *
 * <pre>
 * each input: kinesis ─┬─ raw records by peeked key ─ adapter, its own steps ─┐
 *                      └─ raw lake                                            │
 *   ┌─────────────────────────────────────────────────────────────────────────┘
 *   └─ merged ─ trunk: stages and keyed steps in the pipeline's order ─┬─ each sink
 *                          └─ rejects, ledger,                         ├─ branches: steps, each of their sinks
 *                             drift, alerts                            └─ what the stores refuse
 * </pre>
 */
public final class DatamillJob {
    /** Fixed by the first release: key groups cannot be cut anew under a savepoint. */
    public static final int MAX_PARALLELISM = 720;

    /** A step that has not answered by then has failed. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final Plan plan;
    private final List<DataStream<Reject>> rejects = new ArrayList<>();
    private final List<DataStream<LedgerEntry>> ledger = new ArrayList<>();
    private final Map<Expectations, DataStream<Observation>> observations = new LinkedHashMap<>();
    private final List<DataStream<Alert>> alerts = new ArrayList<>();
    private final Map<String, Joined> joined = new HashMap<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final DataStream<Release> releases;
    private final DataStream<Release> served;

    private DatamillJob(Plan plan, DataStream<Release> releases) {
        this.plan = plan;
        this.releases = releases;
        this.served = releases == null
                ? null
                : releases.filter(release -> release.problem == null)
                        .setParallelism(1) // As the source: no box of its own.
                        .name("served")
                        .uid("job: served-releases");
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

    /** The job that reads what the pipeline's sources say. */
    public static void define(StreamExecutionEnvironment env, Plan plan) {
        Map<String, DataStream<KeyedRecord>> records = new LinkedHashMap<>();
        for (Plan.Input input : plan.inputs()) {
            KinesisSource source = new KinesisSource(input.named("kinesis", ": "), input.named("source", "-"));
            records.put(
                    input.name(),
                    source.attach(
                            env, input.source(), plan.peek(input), input.event().lateAfter()));
        }
        raw(env, plan, records);
        DataStream<Release> releases = followers(plan).isEmpty() ? null : ReleaseSource.attach(env, followers(plan));
        define(env, plan, records, releases);
    }

    /** Every record as it was read, before anything can go wrong with it. */
    private static void raw(StreamExecutionEnvironment env, Plan plan, Map<String, DataStream<KeyedRecord>> records) {
        RawFiles raw = plan.accounts().raw();
        if (raw == null) {
            return;
        }
        plan.inputs().forEach(input -> raw.attach(records.get(input.name()), input.named("raw", "-")));
        raw.attachRetention(
                env,
                plan.inputs().stream()
                        .map(input -> input.source().stream().resolve())
                        .toList());
    }

    /** The job that reads {@code records}, by the name of their input, each of which {@link Plan#peek} has looked at. */
    public static void define(StreamExecutionEnvironment env, Plan plan, Map<String, DataStream<KeyedRecord>> records) {
        define(env, plan, records, null);
    }

    /** @param releases of the directories that steps follow; null: each runs what it was planned with */
    static void define(
            StreamExecutionEnvironment env,
            Plan plan,
            Map<String, DataStream<KeyedRecord>> records,
            DataStream<Release> releases) {
        env.setMaxParallelism(MAX_PARALLELISM);
        env.getConfig().enableObjectReuse();
        DatamillJob job = new DatamillJob(plan, releases);
        DataStream<Event> outcomes = job.trunk(job.inputs(records));
        job.sinks(outcomes, plan.trunk());
        for (Plan.Branch branch : plan.branches()) {
            job.branch(outcomes, branch);
        }
        job.drift();
        job.ledger();
        job.rejects();
        job.alerts();
    }

    /** Decodes each input and runs its own steps; those that no join takes are one stream from here on. */
    private DataStream<Event> inputs(Map<String, DataStream<KeyedRecord>> records) {
        List<DataStream<Event>> merged = new ArrayList<>();
        for (Plan.Input input : plan.inputs()) {
            DataStream<Event> decoded = adapter(input, records.get(input.name()));
            DataStream<Event> events = new Steps(input.named("", ""), Counting.LOSSES).run(decoded, input.flow());
            if (input.joined()) {
                joined.put(input.name(), new Joined(events, input.flow().output()));
                sinks(events, input.flow());
            } else {
                merged.add(events);
            }
        }
        return union(merged);
    }

    private DataStream<Event> adapter(Plan.Input input, DataStream<KeyedRecord> records) {
        DataStream<KeyedRecord> partitioned =
                plan.peekedKey(input) == null ? records : records.keyBy(KeyedRecord::key, Types.STRING);
        EventReader reader = input.reader();
        SingleOutputStreamOperator<Event> events = partitioned.transform(
                input.named("adapter", ": "),
                new EventTypeInformation(reader.schema()),
                new AdapterOperator(
                        plan.version(),
                        input.path().isEmpty() ? "adapter" : input.path() + ".adapter",
                        reader,
                        Counting.LOSSES));
        return named(events, input.named("adapter", ": "), input.named("adapter", "-"));
    }

    /** Its last operator counts what goes to the sinks. */
    private DataStream<Event> trunk(DataStream<Event> events) {
        Plan.Flow flow = plan.trunk();
        DataStream<Event> outcomes = new Steps("", Counting.OUTCOMES).run(events, flow);
        if (flow.countsItself()) {
            return outcomes;
        }
        StageOperator counter = new StageOperator(plan.version(), List.of(), Counting.OUTCOMES);
        return named(
                outcomes.transform("outcome", new EventTypeInformation(flow.output()), counter), "outcome", "outcome");
    }

    /** Another stream, made of outcomes that are counted already. */
    private void branch(DataStream<Event> outcomes, Plan.Branch branch) {
        DataStream<Event> events = outcomes;
        if (branch.when() != null) {
            String path = "branches." + branch.name();
            events = chosen(outcomes, plan.trunk().output(), path, branch.name(), branch.when());
        }
        sinks(new Steps(branch.name(), Counting.NOTHING).run(events, branch.flow()), branch.flow());
    }

    /** An input that a join takes. */
    private record Joined(DataStream<Event> events, Schema schema) {}

    /** Adds the operators of one flow's steps. */
    private final class Steps {
        private final String prefix;
        private final Counting counting;

        /** @param prefix in front of the uids and names of stages; empty for the trunk */
        Steps(String prefix, Counting counting) {
            this.prefix = prefix.isEmpty() ? "" : prefix + ": ";
            this.counting = counting;
        }

        DataStream<Event> run(DataStream<Event> stream, Plan.Flow flow) {
            DataStream<Event> events = stream;
            Schema schema = flow.input();
            PlannedStep last = flow.lastStep();
            for (Plan.Leg leg : flow.legs()) {
                if (leg.key() != null && !leg.key().peeked()) {
                    events = shuffled(events, schema, prefix, leg.key().fields());
                }
                for (List<PlannedStep> stage : leg.stages()) {
                    boolean counts = counting != Counting.OUTCOMES || stage.contains(last);
                    events = stage(events, stage, schema, counts ? counting : Counting.LOSSES);
                    schema = stage.get(stage.size() - 1).output();
                }
            }
            return events;
        }

        private DataStream<Event> stage(
                DataStream<Event> events, List<PlannedStep> steps, Schema before, Counting counts) {
            PlannedStep first = steps.get(0);
            EventTypeInformation type =
                    new EventTypeInformation(steps.get(steps.size() - 1).output());
            String name = prefix + first.stage().operatorName();
            if (first.step() instanceof KeyedStep keyed) {
                return named(
                        KeyedStepOperator.byKey(events)
                                .transform(name, type, new KeyedStepOperator(plan.version(), first, counts)),
                        name + ": " + keyed.id(),
                        "step-" + keyed.id()); // No other operator is named so.
            }
            if (first.step() instanceof JoinStep join) {
                return join(KeyedStepOperator.byKey(events), first, join, before, counts);
            }
            if (first.step() instanceof AsyncStep async) {
                return AsyncDataStream.orderedWait(
                                events,
                                new AsyncStepFunction(first),
                                LONGEST_WAIT.toMillis(),
                                TimeUnit.MILLISECONDS,
                                async.capacity())
                        .returns(type)
                        .name(name + ": " + async.id())
                        .uid("step-" + async.id());
            }
            if (served != null && steps.stream().anyMatch(DatamillJob::follows)) {
                String names = prefix
                        + steps.stream()
                                .map(step -> step.stage().operatorName())
                                .distinct()
                                .collect(Collectors.joining(", "));
                return observed(
                        steps,
                        events.connect(served.broadcast())
                                .transform(
                                        names,
                                        type,
                                        new SwappingStageOperator(plan.version(), steps, counts, followers(plan))),
                        names,
                        unique(uid(name)));
            }
            StageOperator operator = new StageOperator(plan.version(), steps, counts);
            return observed(steps, events.transform(name, type, operator), name, unique(uid(name)));
        }

        private DataStream<Event> join(
                KeyedStream<Event, String> events, PlannedStep step, JoinStep join, Schema before, Counting counts) {
            String name = prefix + step.stage().operatorName();
            Joined other = joined.get(join.input());
            KeyedStream<Event, String> inputs =
                    shuffled(other.events, other.schema, join.input() + ": ", join.inputKey());
            return named(
                    events.connect(inputs)
                            .transform(
                                    name,
                                    new EventTypeInformation(step.output()),
                                    new JoinOperator(plan.version(), step, before, other.schema, counts)),
                    name + ": " + join.id(),
                    "step-" + join.id());
        }
    }

    /** Another key than what the stream is partitioned by: decoded events go through the network. */
    private KeyedStream<Event, String> shuffled(
            DataStream<Event> events, Schema schema, String prefix, List<String> fields) {
        String name = prefix + "key by " + (fields.isEmpty() ? "id" : String.join(", ", fields));
        return events.map(new Rekey(schema, fields))
                .returns(new EventTypeInformation(schema))
                .name(name)
                .uid(unique(uid(name)))
                .keyBy(Event::key, Types.STRING);
    }

    private DataStream<Event> named(SingleOutputStreamOperator<Event> events, String name, String uid) {
        rejects.add(events.getSideOutput(EventOperator.REJECTS));
        ledger.add(events.getSideOutput(EventOperator.LEDGER));
        return events.name(name).uid(uid);
    }

    /** The same of steps among which may be some that expect something of the events. */
    private DataStream<Event> observed(
            List<PlannedStep> steps, SingleOutputStreamOperator<Event> events, String name, String uid) {
        for (PlannedStep planned : steps) {
            if (planned.step() instanceof Expect expect) {
                observations.put(
                        expect.expectations(), events.getSideOutput(ExpectedWindows.observations(expect.id())));
            }
        }
        return named(events, name, uid);
    }

    private void sinks(DataStream<Event> outcomes, Plan.Flow flow) {
        for (Plan.Delivery delivery : flow.sinks()) {
            DataStream<Event> wanted = outcomes;
            if (delivery.when() != null) {
                wanted = chosen(outcomes, flow.output(), delivery.path(), delivery.id(), delivery.when());
            }
            if (delivery.projection() != null) {
                StageOperator select =
                        new StageOperator(plan.version(), List.of(delivery.projection()), Counting.NOTHING);
                Schema schema = delivery.projection().output();
                wanted = named(
                        wanted.transform("fields", new EventTypeInformation(schema), select),
                        "fields: " + delivery.id(),
                        "fields-" + delivery.id());
            }
            delivery.sink().attach(wanted).ifPresent(rejects::add);
        }
    }

    private DataStream<Event> chosen(
            DataStream<Event> outcomes, Schema schema, String path, String id, Expression when) {
        SingleOutputStreamOperator<Event> wanted = outcomes.process(
                        new When(path, plan.version().toString(), when), new EventTypeInformation(schema))
                .name("when: " + id)
                .uid("when-" + id);
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

    private static List<PlannedStep> followers(Plan plan) {
        return plan.steps().filter(DatamillJob::follows).toList();
    }

    private static boolean follows(PlannedStep step) {
        return step.step() instanceof SwappableStep swappable && swappable.watch() != null;
    }

    /** What a person should look at. */
    private void alerts() {
        if (plan.accounts().alerts() == null) {
            return;
        }
        if (releases != null) {
            alerts.add(releases.flatMap(new ReleaseAlerts())
                    .setParallelism(1) // As the source: no box of its own.
                    .name("refused")
                    .uid("job: refused-releases"));
        }
        if (!alerts.isEmpty()) {
            plan.accounts().alerts().attach(union(alerts), plan.version());
        }
    }

    /** How far the events of each window are from what was expected of them. */
    private void drift() {
        List<DataStream<DriftFigure>> figures = new ArrayList<>();
        observations.forEach((expected, seen) -> {
            SingleOutputStreamOperator<DriftFigure> compared = seen.keyBy(window -> window.tenant, Types.STRING)
                    .process(new ExpectedWindows(expected), TypeInformation.of(DriftFigure.class))
                    .name("drift: " + expected.step())
                    .uid("drift-of-" + expected.step());
            figures.add(compared);
            alerts.add(compared.getSideOutput(ExpectedWindows.ALERTS));
        });
        if (!figures.isEmpty()) {
            plan.accounts().ledger().attachDrift(union(figures), plan.version()).ifPresent(rejects::add);
        }
    }

    private void ledger() {
        DataStream<LedgerEntry> totals = union(ledger)
                .keyBy(LedgerTotals::key, Types.STRING)
                .process(new LedgerTotals())
                .name("totals")
                .uid("ledger-totals");
        rejects.add(plan.accounts().ledger().attach(totals, plan.version()));
    }

    /** As it was before flows had names: {@code key by from_domain}, {@code counts-transform}. */
    private static String uid(String name) {
        return name.replace(": ", "-");
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
