package io.datamill.step.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.step.JoinStep;
import io.datamill.testing.InMemoryState;
import io.datamill.testing.KeyedRunner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pair against those worked out from all events at once, in plain Java. */
class JoinOracleTest {
    private static final int EVENTS = 2_000;

    private final List<String> given = new ArrayList<>();

    private record Sent(boolean order, String key, long time, String id) {}

    private static List<String> oracle(List<Sent> sent, long before, long after, boolean left) {
        List<String> expected = new ArrayList<>();
        for (Sent order : sent.stream().filter(Sent::order).toList()) {
            List<String> pairs = sent.stream()
                    .filter(other -> !other.order && other.key.equals(order.key))
                    .filter(other -> other.time >= order.time - before && other.time <= order.time + after)
                    .map(other -> order.id + '~' + other.id + ' ' + Math.max(order.time, other.time))
                    .toList();
            expected.addAll(pairs);
            if (left && pairs.isEmpty()) {
                expected.add(order.id + ' ' + (order.time + after));
            }
        }
        expected.sort(null);
        return expected;
    }

    @ParameterizedTest(name = "{0} before, {1} after, {2}, up to {3} s late")
    @CsvSource({"5s,5s,INNER,0", "5s,5s,LEFT,20", "0s,30s,LEFT,3", "30s,0s,INNER,60", "0s,0s,LEFT,5"})
    void equalsTheOracleOverShuffledInput(String before, String after, Join.Kind kind, int lateSeconds)
            throws Exception {
        Join.Config config = JoinTest.config(before, after, kind, 100_000);
        JoinStep join = (JoinStep) config.plan(JoinTest.planning(new ArrayList<>()));
        InMemoryState state = new InMemoryState();
        join.open(state, JoinTest.ORDERS, JoinTest.SHIPMENTS);
        Random random = new Random(lateSeconds);
        Object carrier = new GenericData.EnumSymbol(JoinTest.SHIPMENTS.getField("carrier").schema(), "dhl");
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long now = JoinTest.NOON + i * 1000L;
            // Whole seconds, so that some are at the bounds.
            long time = now - random.nextInt(lateSeconds + 1) * 1000L;
            Sent one = new Sent(random.nextBoolean(), "k" + random.nextInt(5), time, "id-" + i);
            sent.add(one);
            String key = "acme|" + one.key;
            state.select(key);
            Event event = one.order
                    ? KeyedRunner.event(i, time, one.key, 1)
                    : KeyedRunner.event(i, time, one.key, carrier, 1.0);
            Event keyed = new Event(event.header(), key, event.values());
            if (one.order) {
                join.applyStream(keyed);
            } else {
                join.applyInput(keyed);
            }
            state.advance(now - lateSeconds * 1000L - 1, join::onTimer);
            assertThat(state.emitted().stream().mapToLong(given -> given.header().time()))
                    .as("given in time for what follows")
                    .allMatch(given -> given >= now - (lateSeconds + 1) * 1000L);
            drain(state);
        }
        state.advance(Long.MAX_VALUE, join::onTimer);
        drain(state);
        given.sort(Comparator.naturalOrder());
        assertThat(given)
                .isEqualTo(oracle(sent, config.before().toMillis(), config.after().toMillis(), kind == Join.Kind.LEFT));
        assertThat(state.isEmpty()).isTrue();
        assertThat(state.pendingTimers()).isZero();
    }

    private void drain(InMemoryState state) {
        state.emitted()
                .forEach(event ->
                        given.add(event.header().id() + ' ' + event.header().time()));
        state.emitted().clear();
    }
}
