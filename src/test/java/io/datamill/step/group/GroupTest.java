package io.datamill.step.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.config.Durations;
import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.KeyedRunner;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

class GroupTest {
    static final Schema INPUT = KeyedRunner.schema(
            "page string?",
            "user string",
            "delta int",
            "latency double?",
            "price decimal(8,2)",
            "seen timestamp",
            "kind enum(edit,new)",
            "bot boolean",
            "raw bytes",
            "big long");
    static final long NOON = Events.ARRIVAL;
    private static final long MINUTE = 60_000;

    static Window tumbling(String length) {
        return new Window(Durations.parse(length), null, null, null);
    }

    static Window sliding(String length, String every) {
        return new Window(null, Durations.parse(length), Durations.parse(every), null);
    }

    static Window session(String pause) {
        return new Window(null, null, null, Durations.parse(pause));
    }

    static Group.Config config(Window window, String... aggregates) {
        Map<String, String> named = new LinkedHashMap<>();
        for (String aggregate : aggregates) {
            String[] parts = aggregate.split("=", 2);
            named.put(parts[0], parts[1]);
        }
        return new Group.Config("edits", List.of("page"), window, null, named);
    }

    static Object[] values(String page, String user, int delta) {
        return values(page, user, delta, null, "1.25", false);
    }

    static Object[] values(String page, String user, int delta, Double latency, String price, boolean bot) {
        return new Object[] {
            page, user, delta, latency, decimal(price), NOON + delta, "edit", bot, ByteBuffer.allocate(1), (long) delta
        };
    }

    private static ByteBuffer decimal(String number) {
        return ByteBuffer.wrap(new BigDecimal(number).unscaledValue().toByteArray());
    }

    private static List<Object> of(Event event) {
        List<Object> values = new ArrayList<>();
        for (Object value : event.values()) {
            values.add(value);
        }
        return values;
    }

    @Test
    void givesOneEventForEachKeyAndWindowOnceTheWatermarkHasPassedIt() throws Exception {
        KeyedRunner group = new KeyedRunner(INPUT, config(tumbling("1m"), "edits=count", "bytes=sum(delta)"));
        assertThat(group.send(NOON + 5_000, values("a", "ann", 3))).isNull();
        assertThat(group.fate()).isEqualTo(Fate.ABSORBED);
        group.send(NOON + 59_999, values("a", "bob", 4));
        group.send(NOON + 60_000, values("a", "bob", 7));
        group.send(NOON + 1, values(null, "ann", 1));
        group.advance(NOON + 59_998);
        assertThat(group.emitted()).isEmpty();
        group.advance(NOON + 59_999);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactlyInAnyOrder(
                        Arrays.asList("a", NOON, NOON + MINUTE, 2L, 7L),
                        Arrays.asList(null, NOON, NOON + MINUTE, 1L, 1L));
        group.advance(Long.MAX_VALUE);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactly(List.of("a", NOON + MINUTE, NOON + 2 * MINUTE, 1L, 7L));
        assertThat(group.state().isEmpty()).isTrue();
        assertThat(group.state().pendingTimers()).isZero();
    }

    @Test
    void makesAnIdOfStepKeyAndStartAndTakesTheLatestPosition() throws Exception {
        KeyedRunner group = new KeyedRunner(INPUT, config(tumbling("1m"), "edits=count"));
        group.send(KeyedRunner.event(7, NOON + 1, values("a", "ann", 3)));
        group.send(KeyedRunner.event(5, NOON + 2, values("a", "ann", 3)));
        group.advance(Long.MAX_VALUE);
        Event event = group.emitted().get(0);
        assertThat(event.key()).isEqualTo("acme|1:a");
        assertThat(event.header().id()).isEqualTo("edits~acme|1:a~" + NOON);
        assertThat(event.header().tenant()).isEqualTo("acme");
        assertThat(event.header().time()).isEqualTo(NOON + MINUTE - 1);
        assertThat(event.header().source().position().arrivalTime()).isEqualTo(Events.ARRIVAL + 7);
        assertThat(event.header().source().data()).isEmpty();
    }

    @Test
    void saysWhatEachAggregateGives() throws Exception {
        KeyedRunner group = new KeyedRunner(
                INPUT,
                config(
                        tumbling("1m"),
                        "n=count",
                        "timed=count(latency)",
                        "sum=sum(latency)",
                        "price=sum(price)",
                        "avg=avg(delta)",
                        "avg_price=avg(price)",
                        "least=min(user)",
                        "most=max(latency)",
                        "dearest=max(price)",
                        "last=max(seen)",
                        "users=distinct(user)",
                        "p50=quantile(latency, 0.5)",
                        "p100=quantile(latency,1)",
                        "top=top(user, 1)"));
        assertThat(group.problems()).isEmpty();
        group.send(NOON, values("a", "ann", 1, 0.1, "10.10", true));
        group.send(NOON, values("a", "bob", 2, 0.2, "-0.05", false));
        group.send(NOON, values("a", "ann", 6, null, "100.00", false));
        group.advance(Long.MAX_VALUE);
        List<Object> given = of(group.emitted().get(0));
        GenericData.Record top = (GenericData.Record) ((List<?>) given.get(16)).get(0);
        assertThat(given.subList(3, 16))
                .containsExactly(
                        3L,
                        2L,
                        0.1 + 0.2,
                        decimal("110.05"),
                        3.0,
                        110.05 / 3,
                        "ann",
                        0.2,
                        decimal("100.00"),
                        NOON + 6,
                        2L,
                        0.1,
                        0.2);
        assertThat(List.of(top.get(0), top.get(1), top.get(2))).isEqualTo(List.of("ann", 2L, 0L));
        assertThat(group.output().getFields().stream()
                        .skip(3)
                        .map(field -> field.name() + ' ' + TypeText.of(field.schema())))
                .containsExactly(
                        "n long",
                        "timed long",
                        "sum double?",
                        "price decimal(38,2)",
                        "avg double",
                        "avg_price double",
                        "least string",
                        "most double?",
                        "dearest decimal(8,2)",
                        "last timestamp",
                        "users long",
                        "p50 double?",
                        "p100 double?",
                        "top array<{value: string, count: long, error: long}>");
    }

    @Test
    void isNullWhereNoEventHadAValue() throws Exception {
        KeyedRunner group = new KeyedRunner(
                INPUT,
                config(
                        tumbling("1m"),
                        "n=count(latency)",
                        "s=sum(latency)",
                        "q=quantile(latency, 0.5)",
                        "d=distinct(latency)",
                        "t=top(page, 3)",
                        "m=min(latency)"));
        group.send(NOON, values(null, "ann", 1));
        group.advance(Long.MAX_VALUE);
        assertThat(of(group.emitted().get(0)).subList(3, 9))
                .isEqualTo(Arrays.asList(0L, null, null, 0L, List.of(), null));
    }

    @Test
    void slidesOverAnEventsWindowsAndAbsorbsWhatOneOfThemTakes() throws Exception {
        KeyedRunner group = new KeyedRunner(INPUT, config(sliding("10m", "5m"), "n=count"));
        group.send(NOON + MINUTE, values("a", "ann", 1));
        group.advance(NOON + 5 * MINUTE - 1);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactly(List.of("a", NOON - 5 * MINUTE, NOON + 5 * MINUTE, 1L));
        group.send(NOON + 2 * MINUTE, values("a", "ann", 1)); // Late for one of its two.
        assertThat(group.fate()).isEqualTo(Fate.ABSORBED);
        group.advance(NOON + 10 * MINUTE - 1);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactly(List.of("a", NOON, NOON + 10 * MINUTE, 2L));
        group.send(NOON + 9 * MINUTE, values("a", "ann", 1));
        group.send(NOON + 4 * MINUTE, values("a", "ann", 1));
        assertThat(group.fate()).isEqualTo(Fate.LATE);
    }

    @Test
    void endsASessionAfterThePauseAndJoinsTwoThatAnEventConnects() throws Exception {
        KeyedRunner group = new KeyedRunner(INPUT, config(session("10m"), "n=count", "d=sum(delta)"));
        group.send(NOON, values("a", "ann", 1));
        group.send(NOON + 15 * MINUTE, values("a", "ann", 2));
        group.send(NOON + 6 * MINUTE, values("a", "ann", 4)); // Connects both.
        group.send(NOON + 25 * MINUTE, values("a", "ann", 8)); // A pause of exactly 10m.
        group.advance(NOON + 25 * MINUTE - 2);
        assertThat(group.emitted()).isEmpty();
        group.advance(NOON + 25 * MINUTE - 1);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactly(List.of("a", NOON, NOON + 25 * MINUTE, 3L, 7L));
        group.send(NOON + 3 * MINUTE, values("a", "ann", 1));
        assertThat(group.fate()).isEqualTo(Fate.LATE);
        group.advance(Long.MAX_VALUE);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactly(List.of("a", NOON + 25 * MINUTE, NOON + 35 * MINUTE, 1L, 8L));
        assertThat(group.state().isEmpty()).isTrue();
    }

    @Test
    void rejectsWhatIsLateWhereItIsToBeSeen() throws Exception {
        Group.Config dropping = config(tumbling("1m"), "n=count");
        KeyedRunner group = new KeyedRunner(
                INPUT,
                new Group.Config(
                        "edits", List.of("page"), dropping.window(), Group.Late.REJECT, dropping.aggregates()));
        group.advance(NOON + MINUTE);
        assertThatThrownBy(() -> group.send(NOON, values("a", "ann", 1)))
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("its time is 2026-03-01T12:00:00Z, and every window of that time has been given")
                .extracting("reason")
                .isEqualTo("LATE");
    }

    @Test
    void rejectsAnEventThatWouldOverflowASumAndLeavesAllWindowsAsTheyWere() throws Exception {
        KeyedRunner group = new KeyedRunner(INPUT, config(sliding("10m", "5m"), "n=count", "big=sum(big)"));
        Object[] big = values("a", "ann", 1);
        big[9] = Long.MAX_VALUE;
        group.send(NOON + 6 * MINUTE, big); // In the windows from NOON and from NOON + 5m.
        assertThatThrownBy(() -> group.send(NOON + MINUTE, values("a", "ann", 1))) // In that from NOON - 5m as well.
                .isInstanceOf(RejectedEventException.class)
                .hasMessage("sum(big) long of the window is 9223372036854775807, and 1 more is no long");
        group.advance(Long.MAX_VALUE);
        assertThat(group.emitted())
                .extracting(GroupTest::of)
                .containsExactly(
                        List.of("a", NOON, NOON + 10 * MINUTE, 1L, Long.MAX_VALUE),
                        List.of("a", NOON + 5 * MINUTE, NOON + 15 * MINUTE, 1L, Long.MAX_VALUE));
        assertThat(group.state().isEmpty()).isTrue();
    }

    @Test
    void namesEveryMistakeOfItsOptions() throws Exception {
        KeyedRunner group = new KeyedRunner(
                INPUT,
                new Group.Config(
                        "edits",
                        List.of("page", "latency", "usr"),
                        tumbling("1m"),
                        null,
                        config(
                                        tumbling("1m"),
                                        "a=sum(user)",
                                        "b=medain(delta)",
                                        "c=sum",
                                        "d=quantile(delta)",
                                        "e=quantile(delta, 95)",
                                        "f=top(user, 1000)",
                                        "g=max(dleta)",
                                        "h=distinct(raw)",
                                        "window_start=count",
                                        "no-name=count",
                                        "i=count(",
                                        "j=avg(seen)")
                                .aggregates()));
        assertThat(group.problems())
                .containsExactly(
                        "key[1]: field 'latency' is double?, expected a string, integer or boolean",
                        "key[2]: no field 'usr'; did you mean 'user'?",
                        "aggregates.a: field 'user' is string, expected a number",
                        "aggregates.b: no function 'medain'; there is count, sum, avg, min, max, distinct, quantile, top",
                        "aggregates.c: 'sum' has not what sum takes; expected sum(field)",
                        "aggregates.d: 'quantile(delta)' has not what quantile takes; expected quantile(field, 0.95)",
                        "aggregates.e: quantile: '95' is no share of 0 to 1, such as 0.95",
                        "aggregates.f: top: '1000' is no whole number of 1 to 100",
                        "aggregates.g: no field 'dleta'; did you mean 'delta'?",
                        "aggregates.h: field 'raw' is bytes, expected a string, number, boolean or enum",
                        "aggregates.window_start: field 'window_start' is there already; choose another name",
                        "aggregates.no-name: 'no-name' is no name for a field: letters, digits and _, no digit in front",
                        "aggregates.i: 'count(' is no aggregate; expected count, sum(field), avg(field), min(field),"
                                + " max(field), distinct(field), quantile(field, 0.95) or top(field, 10)",
                        "aggregates.j: field 'seen' is timestamp, expected a number");
    }

    @Test
    void needsEventTime() {
        List<String> problems = new ArrayList<>();
        var surroundings = new Planning.Surroundings(Map.of(), false, true);
        var step = config(tumbling("1m"), "n=count")
                .plan(new Planning(INPUT, surroundings, (option, message) -> problems.add(option + ": " + message)));
        assertThat(step).isNull();
        assertThat(problems).containsExactly("window: a window needs event time: give event.time");
    }

    @Test
    void refusesWindowsThatAreNone() {
        assertThatThrownBy(() -> new Window(null, null, null, null)).hasMessageContaining("none is given");
        assertThatThrownBy(() -> new Window(Duration.ofMinutes(1), null, null, Duration.ofMinutes(1)))
                .hasMessageContaining("several are given");
        assertThatThrownBy(() -> tumbling("999ms")).hasMessage("tumbling is 999ms, expected 1s to 90d");
        assertThatThrownBy(() -> sliding("10m", "11m")).hasMessageStartingWith("every is 11m, expected up to 10m");
        assertThatThrownBy(() -> sliding("301s", "1s")).hasMessageContaining("at most 300 windows overlap");
        assertThatThrownBy(() -> new Window(Duration.ofMinutes(1), null, Duration.ofMinutes(1), null))
                .hasMessage("every is given without sliding");
    }
}
