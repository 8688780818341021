package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.step.KeyedStep;
import io.datamill.step.Planning;
import io.datamill.testing.Events;
import io.datamill.testing.InMemoryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every value against one worked out from all events so far, in plain Java. */
class ProfileOracleTest {
    private static final int EVENTS = 5_000;

    /** What the documentation says, from everything that was seen: nothing is ever forgotten but by the bound. */
    private static final class Oracle {
        private final List<Long> times = new ArrayList<>();
        private final Map<Integer, TreeMap<Long, Long>> held = new HashMap<>();

        long count(int slots, long slotMillis, long time) {
            TreeMap<Long, Long> bySlot = held.computeIfAbsent(slots, n -> new TreeMap<>());
            long slot = Math.floorDiv(time, slotMillis);
            long before = bySlot.subMap(slot - slots + 1, slot + 1).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            bySlot.merge(slot, 1L, Long::sum);
            if (bySlot.size() > slots + 15) {
                bySlot.pollFirstEntry();
            }
            return before + 1;
        }

        long countOfAll(int slots, long slotMillis, long time) {
            long slot = Math.floorDiv(time, slotMillis);
            return 1
                    + times.stream()
                            .mapToLong(other -> Math.floorDiv(other, slotMillis))
                            .filter(other -> other > slot - slots && other <= slot)
                            .count();
        }

        Long last() {
            return times.stream().max(Long::compare).orElse(null);
        }

        long first(long time) {
            return Math.min(time, times.stream().min(Long::compare).orElse(time));
        }
    }

    @ParameterizedTest(name = "late by up to {0} s, {1} s apart")
    @CsvSource({"0, 7", "600, 7", "840, 1", "7200, 7", "200000, 60", "600, 3600", "9000000, 5000"})
    void equalsTheOracleOverShuffledInput(int lateSeconds, int apartSeconds) throws Exception {
        InMemoryState state = new InMemoryState();
        KeyedStep profile = (KeyedStep) ProfileTest.config(
                        "count(1h)", "count(1d)", "count(90d)", "count(5m)", "first(received_at)", "last(received_at)")
                .plan(new Planning(ProfileTest.INPUT, (option, message) -> {}));
        profile.open(state);
        Random random = new Random(lateSeconds);
        Map<String, Oracle> oracles = new HashMap<>();
        for (int i = 0; i < EVENTS; i++) {
            long time = Events.ARRIVAL + i * 1000L * apartSeconds - (long) (random.nextDouble() * lateSeconds * 1000);
            String key = "acme|1:" + random.nextInt(3);
            state.select(key);
            Event event = profile.apply(Events.event("id", time, "a", time, null, 0.5, null));
            Oracle oracle = oracles.computeIfAbsent(key, k -> new Oracle());
            assertThat(event.values())
                    .as("event %d", i)
                    .endsWith(
                            oracle.count(60, Duration.ofMinutes(1).toMillis(), time),
                            oracle.count(24, Duration.ofHours(1).toMillis(), time),
                            oracle.count(90, Duration.ofDays(1).toMillis(), time),
                            oracle.count(5, Duration.ofMinutes(1).toMillis(), time),
                            oracle.first(time),
                            oracle.last());
            if (lateSeconds <= 840) {
                // Up to 15 slots late nothing is missed: the bound must not be seen.
                assertThat((Long) event.values()[5])
                        .isEqualTo(oracle.countOfAll(60, Duration.ofMinutes(1).toMillis(), time));
                assertThat((Long) event.values()[6])
                        .isEqualTo(oracle.countOfAll(24, Duration.ofHours(1).toMillis(), time));
            }
            oracle.times.add(time);
        }
    }
}
