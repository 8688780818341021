package io.datamill.step.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.testing.KeyedRunner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sketches at 10,000 values and more, against exact answers, by the errors that the reference states. */
class SketchTest {
    private static final int EVENTS = 30_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void answersWithinItsStatedError(long seed) throws Exception {
        answers(seed, GroupTest.tumbling("1h"), i -> GroupTest.NOON + i % 1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void answersWithinItsStatedErrorWhereSessionsWereMerged(long seed) throws Exception {
        // 40 sessions 20 s apart, which the last events join.
        answers(seed, GroupTest.session("10s"), i -> i < EVENTS - 2000
                ? GroupTest.NOON + i % 40 * 20_000
                : GroupTest.NOON + (i * 7 % 400) * 2000L);
    }

    private static void answers(long seed, Window window, IntToLongFunction time) throws Exception {
        KeyedRunner group = new KeyedRunner(
                GroupTest.INPUT,
                GroupTest.config(window, "n=count", "users=distinct(user)", "p50=quantile(latency, 0.5)",
                        "p99=quantile(latency, 0.99)", "top=top(user, 10)"));
        Random random = new Random(seed);
        Map<String, Long> counts = new HashMap<>();
        double[] latencies = new double[EVENTS];
        for (int i = 0; i < EVENTS; i++) {
            // Some users are frequent; 10,000 are rare.
            String user = random.nextInt(4) == 0
                    ? "frequent" + (int) (Math.pow(random.nextDouble(), 3) * 15)
                    : "rare" + random.nextInt(10_000);
            counts.merge(user, 1L, Long::sum);
            latencies[i] = Math.exp(random.nextGaussian());
            group.send(time.applyAsLong(i), GroupTest.values("a", user, 1, latencies[i], "1.00", false));
        }
        group.advance(Long.MAX_VALUE);
        List<Event> given = group.emitted();
        assertThat(given).hasSize(1);
        Object[] values = given.get(0).values();
        assertThat(values[3]).isEqualTo((long) EVENTS);

        // Three standard errors of 1.6 %.
        assertThat((double) (Long) values[4]).isBetween(counts.size() * (1 - 0.048), counts.size() * (1 + 0.048));
        Arrays.sort(latencies);
        assertRank(latencies, (Double) values[5], 0.5);
        assertRank(latencies, (Double) values[6], 0.99);
        assertTop(counts, values[7]);
    }

    private static void assertRank(double[] sorted, double value, double rank) {
        int at = Arrays.binarySearch(sorted, value);
        assertThat(at).as("a quantile is one of the values").isNotNegative();
        assertThat((double) (at + 1) / sorted.length).isBetween(rank - 0.0133, rank + 0.0133);
    }

    private static void assertTop(Map<String, Long> counts, Object top) {
        List<Long> best = new ArrayList<>(counts.values());
        best.sort(Comparator.reverseOrder());
        List<?> items = (List<?>) top;
        assertThat(items).hasSize(10);
        for (int i = 0; i < items.size(); i++) {
            GenericRecord item = (GenericRecord) items.get(i);
            long count = (Long) item.get("count");
            long error = (Long) item.get("error");
            long exact = counts.get((String) item.get("value"));
            assertThat(exact).isBetween(count - error, count);
            assertThat(error).isLessThanOrEqualTo((long) Math.ceil(0.0035 * EVENTS));
            assertThat(exact).as("a value that is frequent").isGreaterThanOrEqualTo(best.get(i) - error);
        }
    }
}
