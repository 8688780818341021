package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.config.PipelineVersion;
import io.datamill.event.Event;
import io.datamill.event.EventSerializer;
import io.datamill.operator.EventOperator;
import io.datamill.operator.KeyedStepOperator;
import io.datamill.step.KeyedStep;
import io.datamill.step.PlannedStep;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StepConfig;
import io.datamill.testing.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the in-memory state of the other tests cannot show: Flink's own serializers, snapshots and timers. */
class KeyedStateTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long NOON = Events.ARRIVAL;

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keepsFeaturesUnderASavepointWhileOthersComeAndGo(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = harness(profile("count(1h)", "first(received_at)"), backend)) {
            before.open();
            send(before, "a", NOON);
            send(before, "b", NOON);
            savepoint = before.snapshot(1, 1);
            send(before, "a", NOON); // After the savepoint: must be forgotten.
        }
        try (var after = harness(profile("count(1d)", "count(1h)"), backend)) {
            after.initializeState(savepoint);
            after.open();
            assertThat(send(after, "a", NOON + 1)).containsExactly(1L, 2L);
            assertThat(send(after, "c", NOON + 1)).containsExactly(1L, 1L);
            savepoint = after.snapshot(2, 2);
        }
        try (var again = harness(profile("first(received_at)", "count(1h)"), backend)) {
            again.initializeState(savepoint);
            again.open();
            assertThat(send(again, "a", NOON + 2))
                    .as("dropped when seen without")
                    .containsExactly(NOON + 2, 3L);
            assertThat(send(again, "b", NOON + 2)).as("not seen meanwhile").containsExactly(NOON, 2L);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void recognisesCopiesAfterARestoreAndForgetsByTimer(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = harness(deduplicate(), backend)) {
            before.open();
            assertThat(send(before, "a", NOON)).isNotNull();
            assertThat(send(before, "b", NOON)).isNotNull();
            before.processWatermark(NOON);
            savepoint = before.snapshot(1, 1);
        }
        try (var after = harness(deduplicate(), backend)) {
            after.initializeState(savepoint);
            after.open();
            after.processWatermark(NOON + 24 * HOUR - 1);
            assertThat(send(after, "a", NOON)).isNull();
            assertThat(keys(after)).containsExactlyInAnyOrder("acme|1:a", "acme|1:b");
            after.processWatermark(NOON + 25 * HOUR);
            assertThat(keys(after)).isEmpty();
            assertThat(after.numEventTimeTimers()).isZero();
            assertThat(send(after, "a", NOON)).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void doesNotChangeWhatASnapshotHolds(StateBackend backend) throws Exception {
        // Longs are counted in place: a snapshot taken before must not see it.
        OperatorSubtaskState savepoint;
        try (var before = harness(profile("count(1h)"), backend)) {
            before.open();
            send(before, "a", NOON);
            var running = before.snapshotWithLocalState(1, 1);
            send(before, "a", NOON);
            savepoint = running.getJobManagerOwnedState();
        }
        try (var after = harness(profile("count(1h)"), backend)) {
            after.initializeState(savepoint);
            after.open();
            assertThat(send(after, "a", NOON)).containsExactly(2L);
        }
    }

    @Test
    void copiesAProfileSoThatNeitherSeesTheOther() {
        Longs longs = new Longs(new long[] {1, 2});
        Tiers tiers = new Tiers(new DistinctValues());
        tiers.slot = 7;
        ProfileState profile = new ProfileState(new long[] {1, 2}, new Held[] {longs, tiers});
        ProfileState copy = ProfileStateSerializer.INSTANCE.copy(profile);
        longs.values[0] = 9;
        longs.insert(2, 1);
        tiers.current.add("a");
        tiers.window.add("a");
        tiers.apart.insert(0, 1);
        assertThat(((Longs) copy.held[0]).copy().values).containsExactly(1, 2);
        Tiers copied = (Tiers) copy.held[1];
        assertThat(copied.slot).isEqualTo(7);
        assertThat(copied.current.isEmpty()).isTrue();
        assertThat(copied.window.isEmpty()).isTrue();
        assertThat(copied.apart.size).isZero();
        assertThat(ProfileStateSerializer.INSTANCE.isImmutableType()).isFalse();
        assertThat(SketchSerializer.INSTANCE.isImmutableType()).isFalse();
    }

    /** As a profile was kept before it had a serializer of its own: a POJO of Flink's. */
    private static final class Before implements KeyedStep {
        private static final long serialVersionUID = 1L;

        private transient ValueState<ProfileState> state;

        @Override
        public String id() {
            return "sender";
        }

        @Override
        public List<String> key() {
            return List.of("from_domain");
        }

        @Override
        public void open(Context context) {
            TypeInformation<ProfileState> type = Types.POJO(
                    ProfileState.class, Map.of("features", Types.MAP(Types.STRING, Types.PRIMITIVE_ARRAY(Types.LONG))));
            state = context.state().getState(new ValueStateDescriptor<>("profile", type));
        }

        @Override
        public Event apply(Event event) throws Exception {
            ProfileState profile = new ProfileState();
            profile.features = new HashMap<>();
            long minute = NOON / 60_000;
            profile.features.put("count(PT1H)", new long[] {((minute - 70) << 34) | 9, ((minute - 1) << 34) | 5});
            profile.features.put("first(received_at)", new long[] {NOON - 7});
            profile.features.put("count(PT24H)", new long[] {((NOON / HOUR) << 34) | 8});
            state.update(profile);
            return event;
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void goesOnFromASavepointWithPojos(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = harness(new Before(), ProfileTest.INPUT, backend)) {
            before.open();
            send(before, "a", NOON);
            send(before, "b", NOON);
            savepoint = before.snapshot(1, 1);
        }
        try (var after = harness(profile("first(received_at)", "count(1h)", "distinct(from_domain, 1d)"), backend)) {
            after.initializeState(savepoint);
            after.open();
            assertThat(send(after, "a", NOON + 1)).containsExactly(NOON - 7, 6L, 1L);
            assertThat(send(after, "a", NOON + 1)).containsExactly(NOON - 7, 7L, 1L);
            savepoint = after.snapshot(2, 2); // Of a as it is now, and of b, which has not been seen.
        }
        try (var again = harness(profile("count(1d)", "count(1h)"), backend)) {
            again.initializeState(savepoint);
            again.open();
            assertThat(send(again, "b", NOON + 2)).containsExactly(9L, 6L);
            assertThat(send(again, "a", NOON + 2)).containsExactly(1L, 8L);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keepsSketchesUnderASavepointAndDropsThemWithTheirFeature(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        String distinct = "distinct(ratio, 5m)";
        try (var before = harness(profile(distinct, "top(from_domain, 2, 5m)"), backend)) {
            before.open();
            for (int minute = 0; minute < 4; minute++) {
                assertThat(send(before, "a", NOON + minute * 60_000L)).startsWith(1L);
            }
            savepoint = before.snapshot(1, 1);
            send(before, "a", NOON + 4 * 60_000L); // After the savepoint: must be forgotten.
        }
        try (var after = harness(profile("count(1h)", "top(from_domain, 2, 5m)"), backend)) {
            after.initializeState(savepoint);
            after.open();
            assertThat(apart(after)).hasSize(6);
            assertThat(send(after, "a", NOON + 4 * 60_000L)).asString().contains("\"count\": 5");
            assertThat(apart(after)).hasSize(4);
            assertThat(send(after, "a", NOON + 7 * 60_000L)).asString().contains("\"count\": 3");
            savepoint = after.snapshot(2, 2);
        }
        try (var again = harness(profile("count(1h)"), backend)) {
            again.initializeState(savepoint);
            again.open();
            send(again, "a", NOON + 2);
            assertThat(apart(again)).isEmpty();
        }
    }

    /** What sketches are kept apart, of all keys. */
    private static List<String> apart(KeyedOneInputStreamOperatorTestHarness<String, Event, Event> of)
            throws Exception {
        KeyedStepOperator operator = (KeyedStepOperator) of.getOperator();
        operator.setCurrentKey("acme|1:a");
        List<String> names = new ArrayList<>();
        Sketched.apart((KeyedStep.Context) operator).keys().forEach(names::add);
        return names;
    }

    private static StepConfig profile(String... features) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < features.length; i++) {
            named.put("f" + i, features[i]);
        }
        return new Profile.Config("sender", List.of("from_domain"), named, null);
    }

    private static StepConfig deduplicate() {
        return new Deduplicate.Config("once", Duration.ofHours(24));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness(
            StepConfig config, StateBackend backend) throws Exception {
        Planning planning = new Planning(ProfileTest.INPUT, (option, message) -> {
            throw new AssertionError(option + ": " + message);
        });
        KeyedStep step = (KeyedStep) config.plan(planning);
        return harness(step, planning.output(), backend);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> harness(
            KeyedStep step, Schema output, StateBackend backend) throws Exception {
        PlannedStep planned = new PlannedStep("steps[0]", Stage.PROFILE, output, step);
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedStepOperator(new PipelineVersion("p", "0", 0), planned, EventOperator.Counting.LOSSES),
                Event::key,
                Types.STRING);
        harness.setStateBackend(backend);
        harness.setup(new EventSerializer(output));
        return harness;
    }

    private static List<String> keys(KeyedOneInputStreamOperatorTestHarness<String, Event, Event> of) {
        KeyedStepOperator operator = (KeyedStepOperator) of.getOperator();
        try (Stream<String> keys =
                operator.<String>getKeyedStateBackend().getKeys("forget-at", VoidNamespace.INSTANCE)) {
            return keys.distinct().toList();
        }
    }

    /** The values that were added, or null if the event was dropped. */
    private static List<Object> send(
            KeyedOneInputStreamOperatorTestHarness<String, Event, Event> to, String id, long time) throws Exception {
        Event event = Events.event(id, time, "a", time, null, 0.5, null);
        int before = to.extractOutputValues().size();
        to.processElement(new Event(event.header(), "acme|1:" + id, event.values()), time);
        List<Event> all = to.extractOutputValues();
        return all.size() == before
                ? null
                : new ArrayList<>(Arrays.asList(all.get(before).values())
                        .subList(5, all.get(before).values().length));
    }
}
