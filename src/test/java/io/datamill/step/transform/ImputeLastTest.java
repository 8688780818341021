package io.datamill.step.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datamill.event.Event;
import io.datamill.step.StepConfig;
import io.datamill.testing.Events;
import io.datamill.testing.KeyedRunner;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImputeLastTest {
    private static final Schema INPUT =
            KeyedRunner.schema("sensor string?", "status enum(ok,bad)?", "level double?", "at timestamp?", "n int");
    private static final long NOON = Events.ARRIVAL;
    private static final long HOUR = 3_600_000;

    private static StepConfig config(String... fields) {
        return new ImputeLast.Config("last", List.of("sensor"), List.of(fields), Duration.ofHours(1));
    }

    private static Object status(String symbol) {
        return new GenericData.EnumSymbol(
                INPUT.getField("status").schema().getTypes().get(1), symbol);
    }

    @Test
    void fillsANullWithTheLastValueOfTheKeyWithinTheTime() throws Exception {
        KeyedRunner impute = new KeyedRunner(INPUT, config("status", "level", "at"));
        assertThat(impute.send(NOON, "a", null, null, null, 1).values()).containsExactly("a", null, null, null, 1);
        impute.send(NOON, "a", status("ok"), 0.5, 7L, 1);
        impute.send(NOON, "b", status("bad"), null, null, 1);
        Object[] filled = impute.send(NOON + HOUR, "a", null, 0.75, null, 1).values();
        assertThat(filled).containsExactly("a", status("ok"), 0.75, 7L, 1);
        assertThat(filled[1]).isInstanceOf(GenericData.EnumSymbol.class);
        assertThat(impute.send(NOON + HOUR + 1, "a", null, null, null, 1).values())
                .as("what was put in is no value that came")
                .containsExactly("a", null, 0.75, null, 1);
        assertThat(impute.output()).isEqualTo(INPUT);
    }

    @Test
    void goesByTheOrderOfTheStream() throws Exception {
        KeyedRunner impute = new KeyedRunner(INPUT, config("level"));
        impute.send(NOON + HOUR / 2, "a", null, 0.5, null, 1);
        impute.send(NOON, "a", null, 0.25, null, 1);
        assertThat(impute.send(NOON + HOUR / 2, "a", null, null, null, 1).values()[2])
                .isEqualTo(0.25);
        assertThat(impute.send(NOON - HOUR - 1, "a", null, null, null, 1).values()[2])
                .isNull();
    }

    @Test
    void passesAnEventWithANullInTheKey() throws Exception {
        KeyedRunner impute = new KeyedRunner(INPUT, config("level"));
        impute.send(NOON, null, null, 0.5, null, 1);
        assertThat(impute.send(NOON, null, null, null, null, 1).values()[2]).isNull();
        assertThat(impute.state().isEmpty()).isTrue();
    }

    @Test
    void forgetsValuesThatAreTooOld() throws Exception {
        KeyedRunner impute = new KeyedRunner(INPUT, config("level", "at"));
        impute.send(NOON, "a", null, 0.5, null, 1);
        impute.send(NOON + HOUR, "a", null, null, 7L, 1);
        assertThat(impute.state().pendingTimers()).isEqualTo(2);
        impute.advance(NOON + HOUR - 1);
        assertThat(impute.send(NOON, "a", null, null, null, 1).values()[2]).isEqualTo(0.5);
        impute.advance(NOON + 2 * HOUR - 1);
        assertThat(impute.send(NOON, "a", null, null, null, 1).values()).startsWith("a", null, null, 7L);
        impute.advance(NOON + 2 * HOUR + HOUR / 24);
        assertThat(impute.state().isEmpty()).isTrue();
        assertThat(impute.state().pendingTimers()).isZero();
    }

    @Test
    void equalsTheOracleOverShuffledInput() throws Exception {
        KeyedRunner impute = new KeyedRunner(INPUT, config("level"));
        Random random = new Random(1);
        Map<String, double[]> last = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            long now = NOON + i * 60_000L;
            long time = now - random.nextInt(600_000);
            String key = "k" + random.nextInt(20);
            Double level = random.nextInt(4) == 0 ? random.nextDouble() : null;
            Object given = impute.send(time, key, null, level, null, 1).values()[2];
            double[] known = last.get(key);
            Object expected = level != null
                    ? level
                    : known != null && Math.abs(time - known[0]) <= HOUR ? (Double) known[1] : null;
            assertThat(given).isEqualTo(expected);
            if (level != null) {
                last.put(key, new double[] {time, level});
            }
            impute.advance(now - 600_001);
        }
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void remembersAfterARestore(StateBackend backend) throws Exception {
        OperatorSubtaskState savepoint;
        try (var before = KeyedRunner.harness(INPUT, config("status", "level"), backend)) {
            before.open();
            before.processElement(KeyedRunner.event(1, NOON, "a", status("bad"), 0.5, null, 1), NOON);
            savepoint = before.snapshot(1, 1);
        }
        try (var after = KeyedRunner.harness(INPUT, config("at", "status"), backend)) {
            after.initializeState(savepoint);
            after.open();
            Event event = KeyedRunner.event(2, NOON, "a", null, null, null, 1);
            after.processElement(event, NOON);
            assertThat(after.extractOutputValues().get(0).values()).containsExactly("a", status("bad"), null, null, 1);
            after.processWatermark(Long.MAX_VALUE);
            assertThat(KeyedRunner.keys(after, "last")).isEmpty();
            assertThat(after.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void namesEveryMistakeOfItsOptions() throws Exception {
        Schema input = KeyedRunner.schema("a string?", "b int", "c array<int>?", "d string?");
        KeyedRunner impute = new KeyedRunner(
                input,
                new ImputeLast.Config("last", List.of("a", "x"), List.of("a", "b", "c", "e"), Duration.ofHours(1)));

        assertThat(impute.problems())
                .containsExactly(
                        "key[1]: no field 'x'",
                        "fields[0]: field 'a' is part of the key",
                        "fields[1]: field 'b' is never null; leave it out",
                        "fields[2]: field 'c' is array<int>?, expected a string, number, boolean, enum, timestamp or date",
                        "fields[3]: no field 'e'");
        assertThatThrownBy(() -> new ImputeLast.Config("last", List.of("a"), List.of("b"), Duration.ofSeconds(59)))
                .hasMessage("within is 59s, expected 1m to 90d");
    }
}
