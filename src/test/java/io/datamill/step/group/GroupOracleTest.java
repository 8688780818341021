package io.datamill.step.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.event.Fate;
import io.datamill.testing.KeyedRunner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every window against one worked out from all events at once, in plain Java. */
class GroupOracleTest {
    private static final int EVENTS = 4_000;
    private static final long SECOND = 1000;

    private record Sent(String key, long time, int delta) {}

    /** The windows as the documentation says, knowing all events beforehand. */
    private static List<String> oracle(Window window, List<Sent> sent) {
        List<String> expected = new ArrayList<>();
        for (String key : List.of("k0", "k1", "k2")) {
            List<Sent> own = sent.stream()
                    .filter(event -> event.key.equals(key))
                    .sorted(Comparator.comparingLong(Sent::time))
                    .toList();
            expected.addAll(window.isSession() ? sessions(window, key, own) : fixed(window, key, own));
        }
        return expected;
    }

    private static List<String> fixed(Window window, String key, List<Sent> own) {
        Map<Long, List<Sent>> byStart = new TreeMap<>();
        for (Sent event : own) {
            long first = Math.floorDiv(event.time - window.length(), window.step()) * window.step();
            for (long start = first; start <= event.time; start += window.step()) {
                if (start <= event.time && event.time < start + window.length()) {
                    byStart.computeIfAbsent(start, s -> new ArrayList<>()).add(event);
                }
            }
        }
        List<String> expected = new ArrayList<>();
        byStart.forEach((start, events) -> expected.add(line(key, start, start + window.length(), events)));
        return expected;
    }

    private static List<String> sessions(Window window, String key, List<Sent> own) {
        List<String> expected = new ArrayList<>();
        List<Sent> session = new ArrayList<>();
        for (Sent event : own) {
            if (!session.isEmpty() && event.time - session.get(session.size() - 1).time >= window.length()) {
                expected.add(line(key, session, window));
                session = new ArrayList<>();
            }
            session.add(event);
        }
        expected.add(line(key, session, window));
        return expected;
    }

    private static String line(String key, List<Sent> session, Window window) {
        long end = session.get(session.size() - 1).time + window.length();
        return line(key, session.get(0).time, end, session);
    }

    private static String line(String key, long start, long end, List<Sent> events) {
        var deltas = events.stream().mapToInt(Sent::delta).summaryStatistics();
        long distinct = events.stream().mapToInt(Sent::delta).distinct().count();
        return String.join(
                " ",
                key,
                Long.toString(start),
                Long.toString(end),
                Long.toString(deltas.getCount()),
                Long.toString(deltas.getSum()),
                Double.toString((double) deltas.getSum() / deltas.getCount()),
                Integer.toString(deltas.getMin()),
                Integer.toString(deltas.getMax()),
                Long.toString(distinct));
    }

    private static String line(Event event) {
        List<String> texts = new ArrayList<>();
        for (Object value : event.values()) {
            texts.add(String.valueOf(value));
        }
        return String.join(" ", texts);
    }

    @ParameterizedTest(name = "tumbling {0}, sliding {1} every {2}, session {3}, up to {4} s late, {5} s apart")
    @CsvSource({
        "60s,,,,0,1",
        "60s,,,,300,1",
        "1h,,,,4000,7",
        ",60s,10s,,30,1",
        ",10m,7s,,100,11",
        ",1h,1h,,100,11",
        ",,,20s,0,5",
        ",,,20s,200,5",
        ",,,60s,600,20",
        ",,,5s,1000,1"
    })
    void equalsTheOracleOverShuffledInput(
            String tumbling, String sliding, String every, String session, int lateSeconds, int apartSeconds)
            throws Exception {
        Window window = tumbling != null
                ? GroupTest.tumbling(tumbling)
                : sliding != null ? GroupTest.sliding(sliding, every) : GroupTest.session(session);
        KeyedRunner group = new KeyedRunner(
                GroupTest.INPUT,
                GroupTest.config(
                        window, "n=count", "sum=sum(delta)", "avg=avg(delta)", "least=min(delta)", "most=max(delta)",
                        "distinct=distinct(delta)"));
        Random random = new Random(lateSeconds + apartSeconds);
        List<Sent> sent = new ArrayList<>();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long now = GroupTest.NOON + i * SECOND * apartSeconds;
            Sent event = new Sent(
                    "k" + random.nextInt(3),
                    now - (long) (random.nextDouble() * lateSeconds * SECOND),
                    random.nextInt(200) - 100);
            group.send(event.time, GroupTest.values(event.key, "ann", event.delta));
            assertThat(group.fate()).isEqualTo(Fate.ABSORBED);
            sent.add(event);
            group.advance(now - lateSeconds * SECOND - 1);
            List<Event> emitted = group.emitted();
            for (Event ended : emitted) {
                assertThat(ended.header().time()).as("given in time for what follows").isLessThan(now + apartSeconds * SECOND);
                given.add(line(ended));
            }
        }
        group.advance(Long.MAX_VALUE);
        group.emitted().forEach(event -> given.add(line(event)));
        assertThat(given).containsExactlyInAnyOrderElementsOf(oracle(window, sent));
        assertThat(group.state().isEmpty()).isTrue();
        assertThat(group.state().pendingTimers()).isZero();
    }
}
