package io.datamill.step.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.testing.KeyedRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the in-memory state of the other tests cannot show: our serializer, snapshots and timers in Flink. */
class GroupStateTest {
    private static final long NOON = GroupTest.NOON;
    private static final String[] ALL = {
        "n=count", "s=sum(delta)", "d=sum(price)", "l=sum(latency)", "a=avg(delta)", "min=min(user)", "max=max(price)",
        "users=distinct(user)", "p=quantile(latency, 0.5)", "top=top(user, 2)"
    };

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    static Stream<Arguments> windows() {
        return backends().flatMap(backend -> Stream.of(
                        GroupTest.tumbling("1m"), GroupTest.sliding("1m", "20s"), GroupTest.session("30s"))
                .map(window -> Arguments.of(window, backend)));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void goesOnMidWindowAfterARestore(Window window, StateBackend backend) throws Exception {
        List<String> undisturbed;
        try (var group = open(GroupTest.config(window, ALL), backend, null)) {
            send(group, 0, 200);
            send(group, 200, 400);
            undisturbed = ended(group);
        }
        OperatorSubtaskState savepoint;
        List<String> given = new ArrayList<>();
        try (var before = open(GroupTest.config(window, ALL), backend, null)) {
            send(before, 0, 200);
            savepoint = before.snapshot(1, 1);
            given.addAll(lines(before));
            send(before, 300, 400); // After the savepoint: must be forgotten.
        }
        try (var after = open(GroupTest.config(window, ALL), backend, savepoint)) {
            send(after, 200, 400);
            given.addAll(ended(after));
            assertThat(given).containsExactlyInAnyOrderElementsOf(undisturbed);
            assertThat(after.numEventTimeTimers()).isZero();
            assertThat(KeyedRunner.keys(after, "windows")).isEmpty();
        }
        assertThat(undisturbed).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void doesNotChangeWhatASnapshotHolds(StateBackend backend) throws Exception {
        // Aggregates are changed in place: a snapshot taken before must not see it.
        Window window = GroupTest.tumbling("1m");
        List<String> undisturbed;
        OperatorSubtaskState savepoint;
        try (var before = open(GroupTest.config(window, ALL), backend, null)) {
            send(before, 0, 20);
            var running = before.snapshotWithLocalState(1, 1);
            send(before, 20, 40);
            savepoint = running.getJobManagerOwnedState();
        }
        try (var alone = open(GroupTest.config(window, ALL), backend, null)) {
            send(alone, 0, 20);
            undisturbed = ended(alone);
        }
        try (var after = open(GroupTest.config(window, ALL), backend, savepoint)) {
            assertThat(ended(after)).isEqualTo(undisturbed);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void keepsAggregatesUnderASavepointWhileOthersComeAndGo(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        Window window = GroupTest.tumbling("1h");
        try (var before = open(GroupTest.config(window, "n=count", "s=sum(delta)"), backend, null)) {
            send(before, 0, 30);
            savepoint = before.snapshot(1, 1);
        }
        try (var after = open(GroupTest.config(window, "max=max(delta)", "events=count"), backend, savepoint)) {
            send(after, 30, 33);
            after.processWatermark(Long.MAX_VALUE);
            assertThat(after.extractOutputValues())
                    .extracting(event -> Arrays.asList(event.values()).subList(3, 5))
                    .containsExactlyInAnyOrder(List.of(30, 11L), List.of(31, 11L), List.of(32, 11L));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void endsOpenWindowsAsTheyWereWhenTheirLengthIsChangedUnderASavepoint(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = open(GroupTest.config(GroupTest.tumbling("1h"), "n=count"), backend, null)) {
            send(before, 0, 30);
            savepoint = before.snapshot(1, 1);
        }
        try (var after = open(GroupTest.config(GroupTest.tumbling("1m"), "n=count"), backend, savepoint)) {
            after.processWatermark(Long.MAX_VALUE);
            assertThat(after.extractOutputValues())
                    .hasSize(3)
                    .allSatisfy(event -> assertThat(event.values()[2]).isEqualTo(NOON + 3_600_000));
            assertThat(KeyedRunner.keys(after, "windows")).isEmpty();
        }
    }

    @Test
    void copiesAWindowSoThatNeitherSeesTheOther() throws Exception {
        Contents contents = new Contents(
                "g", new int[] {0}, new Schema[] {null}, List.of(new Count("count", -1), new Top("t", 1, 1)));
        Event event = KeyedRunner.event(1, NOON, GroupTest.values("a", "ann", 1));
        WindowState window = contents.start(event, NOON + 1);
        contents.add(window, event);
        WindowState copy = WindowStateSerializer.INSTANCE.copy(window);
        contents.add(window, event);
        assertThat(((long[]) copy.held[0])[0]).isEqualTo(1);
        assertThat(((long[]) window.held[0])[0]).isEqualTo(2);
        assertThat(copy.latest).isEqualTo(window.latest);
        assertThat(copy.key).containsExactly("a");
        assertThat(WindowStateSerializer.INSTANCE.isImmutableType()).isFalse();
    }

    @Test
    void readsTheFirstLayout() throws Exception {
        // Written by the first release: a window of one count of 5, and the sum of a double.
        byte[] written = HexFormat.of().parseHex("01" + "00000008" + "61636d65" // acme
                + "00000002" + "01" + "00000002" + "61" + "00" // the key: a, null
                + "0000000000000064" // end: 100
                + "00000002" + "73" + "00000002" + "68" + "00000002" + "31" + "0000000000000007" + "00000000" // position
                + "00000002" // two aggregates
                + "0000000a" + "636f756e74" + "01" + "00000001" + "0000000000000005" // count
                + "00000002" + "78" + "02" + "00000003" + "3ff0000000000000" + "0000000000000000"
                + "4000000000000000");
        WindowState window = WindowStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(written));
        assertThat(window.tenant).isEqualTo("acme");
        assertThat(window.key).containsExactly("a", null);
        assertThat(window.end).isEqualTo(100);
        assertThat(window.latest.toString()).isEqualTo("s/h/1");
        assertThat(window.names).containsExactly("count", "x");
        assertThat((long[]) window.held[0]).containsExactly(5);
        assertThat((double[]) window.held[1]).containsExactly(1, 0, 2);
        DataOutputSerializer again = new DataOutputSerializer(64);
        WindowStateSerializer.INSTANCE.serialize(window, again);
        assertThat(again.getCopyOfBuffer()).isEqualTo(written);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Event, Event> open(
            Group.Config config, StateBackend backend, OperatorSubtaskState from) throws Exception {
        var harness = KeyedRunner.harness(GroupTest.INPUT, config, backend);
        if (from != null) {
            harness.initializeState(from);
        }
        harness.open();
        return harness;
    }

    /** Three pages in turn, a second apart; latencies so few that their quantiles are exact. */
    private static void send(KeyedOneInputStreamOperatorTestHarness<String, Event, Event> to, int from, int until)
            throws Exception {
        for (int i = from; i < until; i++) {
            long time = NOON + i * 1000L + (i / 100) * 45_000L;
            Object[] values = GroupTest.values("p" + i % 3, "u" + i % 50, i, i / 4.0, i + ".25", false);
            to.processElement(KeyedRunner.event(i, time, values), time);
            to.processWatermark(time - 5000);
        }
    }

    private static List<String> ended(KeyedOneInputStreamOperatorTestHarness<String, Event, Event> of)
            throws Exception {
        of.processWatermark(Long.MAX_VALUE);
        return lines(of);
    }

    private static List<String> lines(KeyedOneInputStreamOperatorTestHarness<String, Event, Event> of) {
        List<String> given = new ArrayList<>();
        for (Event event : of.extractOutputValues()) {
            given.add(event.header() + " " + Arrays.deepToString(event.values()));
        }
        given.replaceAll(text -> text.replaceAll("data=\\[B@[0-9a-f]+", "")); // The empty record of each.
        given.sort(null);
        return given;
    }
}
