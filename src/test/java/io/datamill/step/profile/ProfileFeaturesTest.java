package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.datamill.event.Event;
import io.datamill.testing.Events;
import io.datamill.testing.KeyedRunner;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every value that the operator gives, in event time and out of order, against the oracle's. */
class ProfileFeaturesTest {
    static final Schema INPUT = KeyedRunner.schema(
            "sender string",
            "region int?",
            "size int?",
            "ratio double",
            "price decimal(10,2)?",
            "site string?",
            "at timestamp?");
    private static final int SIZE = 2;
    private static final int RATIO = 3;
    private static final int PRICE = 4;
    private static final int SITE = 5;
    private static final int AT = 6;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int EVENTS = 2_000;

    private static final Map<String, String> FEATURES = new LinkedHashMap<>();

    static {
        FEATURES.put("n", "count(1h)");
        FEATURES.put("n_days", "count(7d)");
        FEATURES.put("change", "rate(15m)");
        FEATURES.put("changed", "rate(2d)");
        FEATURES.put("sizes", "sum(size, 1d)");
        FEATURES.put("ratios", "sum(ratio, 1h)");
        FEATURES.put("prices", "sum(price, 7d)");
        FEATURES.put("size_avg", "avg(size, 1h)");
        FEATURES.put("price_avg", "avg(price, 1d)");
        FEATURES.put("least", "min(size, 30m)");
        FEATURES.put("most", "max(price, 1d)");
        FEATURES.put("highest", "max(ratio, 7d)");
        FEATURES.put("mean", "ewma(ratio, 30m)");
        FEATURES.put("sites", "distinct(site, 1d)");
        FEATURES.put("top_sites", "top(site, 3, 1h)");
        FEATURES.put("big", "share(\"size != null && size > 500\", 6h)");
        FEATURES.put("first_at", "first(at)");
        FEATURES.put("last_at", "last(at)");
    }

    static Stream<Arguments> runs() {
        return Stream.of(Arguments.of(0, 7), Arguments.of(840, 7), Arguments.of(840, 240), Arguments.of(600, 3000))
                .flatMap(run -> Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend())
                        .map(backend -> Arguments.of(run.get()[0], run.get()[1], backend)));
    }

    @ParameterizedTest(name = "late by up to {0} s, {1} s apart, {2}")
    @MethodSource("runs")
    void equalsTheOracleOverShuffledInput(int lateSeconds, int apartSeconds, StateBackend backend) throws Exception {
        Profile.Config config = new Profile.Config("p", List.of("sender", "region"), FEATURES, null);
        Random random = new Random(17L * lateSeconds + apartSeconds);
        Map<List<Object>, ProfileOracle> oracles = new HashMap<>();
        try (var operator = KeyedRunner.harness(INPUT, config, backend)) {
            operator.open();
            for (int i = 0; i < EVENTS; i++) {
                long time =
                        Events.ARRIVAL + i * 1000L * apartSeconds - (long) (random.nextDouble() * lateSeconds * 1000);
                Event event = KeyedRunner.event(i, time, values(random, time));
                ProfileOracle oracle = oracles.computeIfAbsent(
                        List.of(event.values()[0], String.valueOf(event.values()[1])), key -> new ProfileOracle());
                oracle.add(event);
                operator.processElement(event, time);
                Object[] given = operator.extractOutputValues().get(0).values();
                operator.getOutput().clear();
                check(i, given, oracle);
            }
        }
        assertThat(oracles).hasSize(6);
    }

    private static Object[] values(Random random, long time) {
        return new Object[] {
            "s" + random.nextInt(2),
            random.nextInt(3) == 0 ? null : (Integer) random.nextInt(2),
            random.nextInt(5) == 0 ? null : (Integer) (random.nextInt(1000) - 200),
            random.nextInt(20) == 0 ? Double.NaN : random.nextGaussian() * 1e6,
            random.nextInt(4) == 0
                    ? null
                    : ByteBuffer.wrap(BigInteger.valueOf(random.nextInt()).toByteArray()),
            random.nextInt(9) == 0 ? null : "site-" + (int) Math.abs(random.nextGaussian() * 20),
            random.nextInt(3) == 0 ? null : (Long) time
        };
    }

    private static void check(int number, Object[] given, ProfileOracle oracle) {
        Object[] features = Arrays.copyOfRange(given, INPUT.getFields().size(), given.length);
        assertThat(features)
                .as("event %d", number)
                .startsWith(
                        oracle.count(MINUTE, 60),
                        oracle.count(DAY, 7),
                        oracle.rate(MINUTE, 15),
                        oracle.rate(DAY, 2),
                        whole(oracle.sum(HOUR, 24, SIZE, 0)));
        assertReal(features[5], real(oracle.sum(MINUTE, 60, RATIO, 0)));
        assertThat(decimal(features[6])).isEqualTo(oracle.sum(DAY, 7, PRICE, 2));
        assertReal(features[7], oracle.avg(MINUTE, 60, SIZE, 0));
        assertReal(features[8], oracle.avg(HOUR, 24, PRICE, 2));
        BigDecimal least = oracle.min(MINUTE, 30, SIZE, 0);
        assertThat(features[9]).isEqualTo(least == null ? null : least.intValueExact());
        assertThat(decimal(features[10])).isEqualTo(oracle.max(HOUR, 24, PRICE, 2));
        assertThat(features[11]).isEqualTo(real(oracle.max(DAY, 7, RATIO, 0)));
        assertReal(features[12], oracle.ewma(Duration.ofMinutes(30), RATIO));
        assertThat(features[13])
                .isEqualTo((long) oracle.counts(Duration.ofHours(3), 8, SITE).size());
        assertTop(features[14], oracle.counts(Duration.ofMinutes(6), 10, SITE));
        assertThat(features[15])
                .isEqualTo(oracle.share(
                        HOUR, 6, event -> event.values()[SIZE] != null && (Integer) event.values()[SIZE] > 500));
        assertThat(features[16]).isEqualTo(oracle.first(AT));
        assertThat(features[17]).isEqualTo(oracle.last(AT));
    }

    private static void assertReal(Object given, Double expected) {
        if (expected == null) {
            assertThat(given).isNull();
        } else {
            assertThat((Double) given).isCloseTo(expected, within(1e-12 * Math.max(1e6, Math.abs(expected))));
        }
    }

    private static void assertTop(Object given, Map<Object, Long> counts) {
        long all = counts.values().stream().mapToLong(Long::longValue).sum();
        List<?> items = (List<?>) given;
        assertThat(items).hasSize(Math.min(3, counts.size()));
        for (Object one : items) {
            IndexedRecord item = (IndexedRecord) one;
            long error = (Long) item.get(2);
            assertThat((Long) item.get(1)).isBetween(counts.get(item.get(0)), counts.get(item.get(0)) + error);
            assertThat(error).isLessThanOrEqualTo(all / 25);
        }
        if (counts.size() <= 24) {
            assertThat(items.stream().map(item -> ((IndexedRecord) item).get(1)).toList())
                    .as("exact as long as each value has a place")
                    .isEqualTo(counts.values().stream()
                            .sorted((one, other) -> Long.compare(other, one))
                            .limit(3)
                            .toList());
        }
    }

    private static Long whole(BigDecimal number) {
        return number == null ? null : (Long) number.longValueExact();
    }

    private static Double real(BigDecimal number) {
        return number == null ? null : (Double) number.doubleValue();
    }

    private static BigDecimal decimal(Object given) {
        return given == null ? null : new BigDecimal(new BigInteger(((ByteBuffer) given).array()), 2);
    }
}
