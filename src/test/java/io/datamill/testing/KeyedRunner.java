package io.datamill.testing;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.event.Fate;
import io.datamill.event.Header;
import io.datamill.event.Position;
import io.datamill.event.SourceRecord;
import io.datamill.operator.EventOperator;
import io.datamill.operator.KeyedStepOperator;
import io.datamill.operator.Rekey;
import io.datamill.schema.TypeText;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** Plans one keyed step and runs events through it, with state in memory. */
public final class KeyedRunner {
    private final List<String> problems = new ArrayList<>();
    private final InMemoryState state = new InMemoryState();
    private final Planning planning;
    private final KeyedStep step;
    private final Rekey rekey;
    private int sent;

    public KeyedRunner(Schema input, StepConfig config) throws Exception {
        planning = new Planning(input, (option, message) -> problems.add(option + ": " + message));
        step = (KeyedStep) config.plan(planning);
        rekey = step == null ? null : new Rekey(input, step.key());
        if (step != null && problems.isEmpty()) {
            step.open(state);
        }
    }

    /** A record of fields, each as {@code name type}. */
    public static Schema schema(String... fields) {
        return Schema.createRecord(
                "Event",
                null,
                "io.datamill.fields",
                false,
                List.of(fields).stream()
                        .map(field -> field.split(" ", 2))
                        .map(field -> new Schema.Field(field[0], TypeText.parse(field[1])))
                        .toList());
    }

    /** Of tenant {@code acme}; the number makes its id and position. */
    public static Event event(int number, long time, Object... values) {
        Position position = new Position("stream", "shard-0", Integer.toString(number), Events.ARRIVAL + number);
        SourceRecord record = new SourceRecord(position, "partition", new byte[] {1});
        return new Event(new Header("acme", "id-" + number, time, null, record), "", values);
    }

    public List<String> problems() {
        return problems;
    }

    public Schema output() {
        return planning.output();
    }

    public InMemoryState state() {
        return state;
    }

    /** The event the step gives, or null where it drops it. */
    public Event send(long time, Object... values) throws Exception {
        return send(event(sent++, time, values));
    }

    public Event send(Event event) throws Exception {
        Event keyed = rekey.map(event);
        state.select(keyed.key());
        return step.apply(keyed);
    }

    /** What the last event has become, where the step gave null. */
    public Fate fate() {
        return step.dropped();
    }

    public void advance(long watermark) throws Exception {
        state.advance(watermark, step);
    }

    /** The values of the events that the step has made since the last call. */
    public List<Event> emitted() {
        List<Event> all = List.copyOf(state.emitted());
        state.emitted().clear();
        return all;
    }

    /** The step in its operator on a Flink of its own, not opened. */
    public static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness(
            Schema input, StepConfig config, StateBackend backend) throws Exception {
        Planning planning = new Planning(input, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        KeyedStep step = (KeyedStep) config.plan(planning);
        PlannedStep planned = new PlannedStep("steps[0]", config.stage(), planning.output(), step);
        Rekey rekey = new Rekey(input, step.key());
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, Event, Event>(
                new KeyedStepOperator(new PipelineVersion("p", "0", 0), planned, EventOperator.Counting.LOSSES),
                event -> rekey.map(event).key(),
                Types.STRING);
        harness.setStateBackend(backend);
        harness.setup(new EventSerializer(planning.output()));
        return harness;
    }

    /** The keys that have something in a state. */
    public static List<String> keys(KeyedOneInputStreamOperatorTestHarness<?, Event, Event> of, String state) {
        KeyedStepOperator operator = (KeyedStepOperator) of.getOperator();
        try (Stream<String> keys = operator.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.distinct().toList();
        }
    }
}
