package io.datamill.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Alert;
import io.datamill.event.DriftFigure;
import io.datamill.event.DriftFigure.What;
import io.datamill.event.Observation;
import io.datamill.step.expect.Expectations;
import io.datamill.step.expect.Habits;
import io.datamill.step.expect.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpectedWindowsTest {
    private static final long HOUR = 3600_000;
    private static final long DAY = 24 * HOUR;
    private static final Expectations EXPECTED =
            new Expectations("step", HOUR, 100, new Limits(null, null, null, null));

    private final Random random = new Random(1);
    private KeyedOneInputStreamOperatorTestHarness<String, Observation, DriftFigure> harness;

    /** On RocksDB, which gives what was put and not what was changed since. */
    @BeforeEach
    void start() throws Exception {
        harness = harness(null, new EmbeddedRocksDBStateBackend());
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, DriftFigure> harness(
            OperatorSubtaskState state, StateBackend backend) throws Exception {
        return harness(state, backend, HOUR);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, DriftFigure> harness(
            OperatorSubtaskState state, StateBackend backend, long window) throws Exception {
        Expectations expected = new Expectations("step", window, 100, EXPECTED.limits());
        var made = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ExpectedWindows(expected)), seen -> seen.tenant, Types.STRING);
        made.setStateBackend(backend);
        made.setup();
        if (state != null) {
            made.initializeState(state);
        }
        made.open();
        return made;
    }

    @Test
    void tellsNothingOfEventsThatAreAsTheyWere() throws Exception {
        for (int hour = 0; hour < 72; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        assertThat(figures()).isNotEmpty().noneMatch(figure -> figure.measure().breached());
        assertThat(alerts()).isEmpty();
    }

    @Test
    void tellsOfScoresAndFeaturesThatHaveMovedWithinTwoWindows() throws Exception {
        for (int hour = 0; hour < 5; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        send(seen(5, 400, 0)); // In the middle of this window they move.
        send(seen(5, 400, 3));
        end(5);
        send(seen(6, 800, 3));
        end(6);

        assertThat(figures().stream()
                        .filter(figure ->
                                figure.measure().breached() && figure.window().start() == 6 * HOUR))
                .extracting(figure -> figure.what() + figure.name())
                .containsExactlyInAnyOrder("SCORE", "FEATUREx");
        assertThat(alerts())
                .filteredOn(alert -> alert.at() <= 7 * HOUR)
                .extracting(alert -> alert.tenant() + ": " + alert.title())
                .contains(
                        "acme: Scores of m@1 are no longer those of its training",
                        "acme: Features of m@1 are no longer those of its training");
    }

    @Test
    void tellsTheSameAllDayUnderOneId() throws Exception {
        for (int hour = 0; hour < 30; hour++) {
            send(seen(hour, 1_000, 3));
            end(hour);
        }
        List<String> ids = alerts().stream()
                .filter(alert -> alert.title().startsWith("Scores"))
                .map(Alert::id)
                .toList();
        assertThat(ids).hasSize(30);
        assertThat(ids.subList(0, 24)).containsOnly(ids.get(0));
        assertThat(ids.subList(24, 30)).containsOnly(ids.get(24)).doesNotContain(ids.get(0));
    }

    @Test
    void tellsOfFieldsThatAreMissing() throws Exception {
        Observation seen = seen(0, 1_000, 0);
        seen.absent[0] = 300;
        send(seen);
        end(0);

        assertThat(breaches()).containsExactly("NULLSx 0.3 for 0.0");
        assertThat(alerts().get(0).text()).startsWith("x: 30.0% of events, expected 0.0%, allowed 10.0 more or less.");
    }

    @Test
    void tellsOfVerdictsThatAreSharedOutOtherwise() throws Exception {
        for (int hour = 0; hour < 4; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        Observation campaign = seen(4, 1_000, 0);
        campaign.verdicts = new long[] {500, 0, 500};
        send(campaign);
        end(4);

        assertThat(breaches()).containsExactlyInAnyOrder("VERDICTpass 0.5 for 0.9", "VERDICTquarantine 0.5 for 0.1");
    }

    @Test
    void tellsOfATenantThatIsSilent() throws Exception {
        for (int hour = 0; hour < 6; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        end(6);

        assertThat(breaches()).containsExactly("VOLUME 0.0 for 1000.0");
        assertThat(alerts()).extracting(Alert::title).containsExactly("Far fewer events than usual");
    }

    @Test
    void forgetsATenantThatHasBeenSilentForAWeek() throws Exception {
        harness.close();
        harness = harness(null, new HashMapStateBackend()); // It can say how much is left.
        send(seen(0, 1_000, 0));
        assertThat(harness.numKeyedStateEntries()).isPositive();
        harness.processWatermark(DAY * 30);
        assertThat(harness.numKeyedStateEntries()).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
        assertThat(figures().stream().filter(figure -> figure.what() == What.VOLUME))
                .hasSize(7 * 24);
    }

    /** As where one subtask is ahead of the others by more than a week. */
    @Test
    void doesNotForgetATenantThatHasSentForLater() throws Exception {
        send(seen(0, 1_000, 0));
        send(seen(10 * 24, 1_000, 0));
        harness.processWatermark(DAY * 11);

        assertThat(figures().stream().filter(figure -> figure.what() == What.SCORE))
                .extracting(figure -> figure.window().start() / DAY)
                .containsExactly(0L, 10L);
    }

    @Test
    void goesOnWhereTheWindowHasBecomeAnother() throws Exception {
        for (int hour = 0; hour < 7; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        send(seen(7, 500, 0));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness(state, new EmbeddedRocksDBStateBackend(), 4 * HOUR);
        Observation seen = seen(8, 300, 0); // From 8 to 12.
        send(seen);
        end(11);
        send(seen(12, 700, 0));
        end(19); // From 16 on nothing comes.

        assertThat(figures().stream().filter(figure -> figure.what() == What.VOLUME))
                .extracting(figure -> figure.window().start() / HOUR + " "
                        + figure.window().events() + " for " + figure.measure().expected())
                .containsExactly("8 800 for NaN", "12 700 for NaN", "16 0 for NaN");
    }

    @Test
    void takesNobodyForSilentAtTheEndOfABoundedInput() throws Exception {
        for (int hour = 0; hour < 6; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        send(seen(6, 10, 0));
        harness.processWatermark(Long.MAX_VALUE);

        assertThat(breaches()).isEmpty();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void addsUpWhatSubtasksCountAndKeepsVersionsApart() throws Exception {
        send(seen(0, 600, 0));
        send(seen(0, 600, 0));
        Observation other = seen(0, 200, 3);
        other.model = "m@2";
        send(other);
        end(0);

        assertThat(figures().stream().filter(figure -> figure.what() == What.SCORE))
                .extracting(figure ->
                        figure.window().model() + ' ' + figure.window().events())
                .containsExactly("m@1 1200", "m@2 200");
        assertThat(figures().stream().filter(figure -> figure.what() == What.VERDICT))
                .extracting(figure ->
                        figure.window().model() + ' ' + figure.window().events())
                .containsOnly("m 1400")
                .hasSize(3);
    }

    @Test
    void comparesNothingOfTooFewEvents() throws Exception {
        send(seen(0, 99, 3));
        end(0);
        assertThat(figures()).isEmpty();
    }

    @Test
    void countsWhatComesForAWindowThatHasEndedInTheNextOne() throws Exception {
        send(seen(3, 1_000, 0));
        end(3);
        send(seen(1, 300, 0));
        send(seen(4, 700, 0));
        end(4);
        assertThat(figures().stream().filter(figure -> figure.what() == What.SCORE))
                .extracting(figure ->
                        figure.window().start() / HOUR + " " + figure.window().events())
                .containsExactly("3 1000", "4 1000");
    }

    @Test
    void goesOnAfterARestoreWithWhatItKnew() throws Exception {
        for (int hour = 0; hour < 6; hour++) {
            send(seen(hour, 1_000, 0));
            end(hour);
        }
        send(seen(6, 500, 0));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness(state, new EmbeddedRocksDBStateBackend());
        send(seen(6, 500, 0));
        end(6);
        end(7);

        assertThat(figures().stream().filter(figure -> figure.what() == What.VOLUME))
                .extracting(figure -> figure.measure().value() + " for "
                        + Math.round(figure.measure().expected()))
                .containsExactly("1000.0 for 1000", "0.0 for 1000");
    }

    @Test
    void whatIsInStateAndOnItsWayNeedsNoKryo() {
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);
        assertThat(List.of(
                        Observation.TYPE.createSerializer(strict),
                        Habits.TYPE.createSerializer(strict),
                        Types.POJO(DriftFigure.class).createSerializer(strict)))
                .hasSize(3);
    }

    /** Of the hour, whose x lies higher by {@code moved} of ten than in the training. */
    private Observation seen(int hour, int events, int moved) {
        Observation seen = new Observation();
        seen.tenant = "acme";
        seen.model = "m@1";
        seen.start = hour * HOUR;
        seen.names = new String[] {"x"};
        seen.counts = new long[2][10];
        seen.expected = IntStream.range(0, 2)
                .mapToObj(i -> IntStream.range(0, 10).mapToLong(bin -> 1_000).toArray())
                .toArray(long[][]::new);
        seen.absent = new long[1];
        seen.expectedAbsent = new double[1];
        for (int i = 0; i < events; i++) {
            seen.events++;
            seen.counts[0][Math.min(9, random.nextInt(10) + moved)]++;
            seen.counts[1][Math.min(9, random.nextInt(10) + moved)]++;
        }
        seen.verdicts = new long[] {events - events / 10, 0, events / 10};
        return seen;
    }

    private void send(Observation seen) throws Exception {
        harness.processElement(seen, seen.start);
    }

    private void end(int hour) throws Exception {
        harness.processWatermark((hour + 1) * HOUR - 1);
    }

    private List<DriftFigure> figures() {
        return harness.extractOutputValues();
    }

    private List<String> breaches() {
        return figures().stream()
                .filter(figure -> figure.measure().breached())
                .map(figure -> figure.what() + figure.name() + " "
                        + figure.measure().value() + " for " + figure.measure().expected())
                .toList();
    }

    private List<Alert> alerts() {
        var told = harness.getSideOutput(ExpectedWindows.ALERTS);
        return told == null
                ? List.of()
                : new ArrayList<>(told.stream().map(StreamRecord::getValue).toList());
    }
}
