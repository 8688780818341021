package io.datamill.step.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.event.LedgerEntry;
import io.datamill.operator.EventOperator;
import io.datamill.operator.JoinOperator;
import io.datamill.step.JoinStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.testing.KeyedRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the in-memory state of the other tests cannot show: our serializer, snapshots and timers in Flink. */
class JoinStateTest {
    private static final long NOON = JoinTest.NOON;
    private static final Schema WITH_NOTE = KeyedRunner.schema("order string?", "note string?", "amount int");

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void meetsAfterARestoreWhatCameBefore(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = harness(JoinTest.ORDERS, backend, null)) {
            before.processElement1(order(0, "a", "a", 1));
            before.processElement1(order(1, "b", "b", 2));
            before.processElement1(order(2, "c", "c", 3));
            before.processElement2(shipment(3, "b"));
            before.processElement2(shipment(4, "d"));
            assertThat(given(before)).containsExactly("id-1~id-3 [b, 2, {dhl 2.5}]");
            savepoint = before.snapshot(1, 1);
            before.processElement2(shipment(5, "c")); // After the savepoint: must be forgotten.
        }
        try (var after = harness(JoinTest.ORDERS, backend, savepoint)) {
            after.processElement2(shipment(6, "a"));
            after.processElement1(order(7, "d", "d", 4));
            assertThat(given(after)).containsExactly("id-0~id-6 [a, 1, {dhl 2.5}]", "id-7~id-4 [d, 4, {dhl 2.5}]");
            end(after);
            assertThat(given(after)).containsExactly("id-2 [c, 3, null]");
            assertThat(KeyedRunner.keys(after, "stream")).isEmpty();
            assertThat(KeyedRunner.keys(after, "input")).isEmpty();
            assertThat(after.numEventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void bringsWaitingEventsToANewSchemaUnderASavepoint(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = harness(JoinTest.ORDERS, backend, null)) {
            before.processElement1(order(0, "a", "a", 1));
            before.processElement1(order(1, "b", "b", 2));
            savepoint = before.snapshot(1, 1);
        }
        try (var after = harness(WITH_NOTE, backend, savepoint)) {
            after.processElement1(order(2, "a", "a", "note", 5));
            after.processElement2(shipment(3, "a"));
            savepoint = after.snapshot(2, 2); // Some in the new layout, some brought to it.
            assertThat(given(after))
                    .containsExactlyInAnyOrder(
                            "id-0~id-3 [a, null, 1, {dhl 2.5}]", "id-2~id-3 [a, note, 5, {dhl 2.5}]");
        }
        try (var again = harness(WITH_NOTE, backend, savepoint)) {
            again.processElement2(shipment(4, "a"));
            end(again);
            assertThat(given(again))
                    .containsExactlyInAnyOrder(
                            "id-0~id-4 [a, null, 1, {dhl 2.5}]",
                            "id-2~id-4 [a, note, 5, {dhl 2.5}]",
                            "id-1 [b, null, 2, null]");
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keepsTheLedgersSum(StateBackend backend) throws Exception {
        try (var join = harness(JoinTest.ORDERS, backend, null)) {
            join.processElement1(order(0, "a", "a", 1));
            join.processElement2(shipment(1, "a"));
            join.processElement2(shipment(2, "a"));
            join.getOperator().prepareSnapshotPreBarrier(1);
            Map<String, Long> counts = join.getSideOutput(EventOperator.LEDGER).stream()
                    .map(StreamRecord::getValue)
                    .collect(Collectors.toMap(entry -> entry.fate().name(), LedgerEntry::count));
            assertThat(counts).isEqualTo(Map.of("ABSORBED", 3L, "IN", 2L));
        }
    }

    private static void end(KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event> harness)
            throws Exception {
        harness.processWatermark1(new Watermark(Long.MAX_VALUE));
        harness.processWatermark2(new Watermark(Long.MAX_VALUE));
    }

    private static StreamRecord<Event> order(int number, String key, Object... values) {
        return record(number, key, values);
    }

    private static StreamRecord<Event> shipment(int number, String key) {
        Schema carrier = JoinTest.SHIPMENTS.getField("carrier").schema();
        return record(number, key, key, new GenericData.EnumSymbol(carrier, "dhl"), 2.5);
    }

    private static StreamRecord<Event> record(int number, String key, Object... values) {
        Event event = KeyedRunner.event(number, NOON + number, values);
        return new StreamRecord<>(new Event(event.header(), "acme|1:" + key, event.values()), NOON + number);
    }

    /** What was given since the last call. */
    private static List<String> given(KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event> harness) {
        List<String> given = new ArrayList<>();
        for (Event event : harness.extractOutputValues()) {
            List<String> values = new ArrayList<>();
            for (Object value : event.values()) {
                values.add(
                        value instanceof GenericData.Record joined
                                ? "{" + joined.get("carrier") + ' ' + joined.get("weight") + '}'
                                : String.valueOf(value));
            }
            given.add(event.header().id() + ' ' + values);
        }
        harness.getOutput().clear();
        return given;
    }

    private static KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event> harness(
            Schema orders, StateBackend backend, OperatorSubtaskState from) throws Exception {
        var surroundings = new Planning.Surroundings(Map.of("shipments", JoinTest.SHIPMENTS), true, true);
        Planning planning = new Planning(orders, surroundings, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        Join.Config config = JoinTest.config("1m", "1m", Join.Kind.LEFT, null);
        JoinStep step = (JoinStep) config.plan(planning);
        PlannedStep planned = new PlannedStep("steps[0].join", config.stage(), planning.output(), step);
        var harness = new KeyedTwoInputStreamOperatorTestHarness<String, Event, Event, Event>(
                new JoinOperator(
                        new PipelineVersion("p", "0", 0),
                        planned,
                        orders,
                        JoinTest.SHIPMENTS,
                        EventOperator.Counting.LOSSES),
                Event::key,
                Event::key,
                Types.STRING);
        harness.setStateBackend(backend);
        harness.setup(new EventSerializer(planning.output()));
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }
}
