package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
    private static final int SEEDS = 40;

    @Test
    void countsDifferentValuesExactlyAsLongAsThereAreFew() {
        DistinctValues sketch = new DistinctValues();
        for (int i = 0; i < 96; i++) {
            sketch.add(i == 0 ? "" : "v" + i);
            sketch.add("v" + i / 2 * 2);
        }
        assertThat(sketch.value()).isEqualTo(97); // v0 too.
    }

    /** Of the errors of many merged sketches, the root of the mean square is the standard error that is stated. */
    @ParameterizedTest
    @ValueSource(ints = {300, 3_000, 100_000})
    void countsDifferentValuesWithinTheStatedError(int different) {
        double squares = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            DistinctValues window = new DistinctValues();
            for (int slot = 0; slot < 4; slot++) {
                DistinctValues one = new DistinctValues();
                for (int i = slot * different / 5; i < (slot + 2) * different / 5; i++) {
                    one.add(seed + "-" + i);
                }
                window.add(one);
            }
            double error = window.value() / (double) different - 1;
            assertThat(error).isCloseTo(0, within(4 * 0.033));
            squares += error * error;
        }
        assertThat(Math.sqrt(squares / SEEDS)).isLessThan(0.033 * 1.35); // 40 seeds tell it to about a fifth.
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void countsFrequentValuesWithinTheStatedError(int most) throws Exception {
        Random random = new Random(most);
        FrequentValues window = new FrequentValues(most);
        Map<String, Long> exact = new HashMap<>();
        long all = 0;
        for (int slot = 0; slot < 10; slot++) {
            FrequentValues one = new FrequentValues(most);
            for (int i = 0; i < 2_000; i++) {
                String value = "v" + (int) Math.pow(random.nextDouble() * 10, 3);
                one.add(value);
                exact.merge(value, 1L, Long::sum);
                all++;
            }
            window.add(written(one));
        }
        List<?> items = window.value();
        assertThat(items).hasSize(most);
        Set<Object> seen = new HashSet<>();
        for (Object one : items) {
            IndexedRecord item = (IndexedRecord) one;
            long error = (Long) item.get(2);
            assertThat(error).isPositive().isLessThanOrEqualTo(all / (8L * most + 1));
            long counted = exact.get((String) item.get(0));
            assertThat((Long) item.get(1)).isBetween(counted, counted + error);
            assertThat(seen.add(item.get(0))).isTrue();
        }
        String top = exact.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        assertThat(((IndexedRecord) items.get(0)).get(0)).isEqualTo(top);
    }

    private static Sketch written(Sketch sketch) throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SketchSerializer.INSTANCE.serialize(sketch, out);
        return SketchSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    @Test
    void cutsALongValue() {
        FrequentValues sketch = new FrequentValues(1);
        sketch.add("x".repeat(64) + "a");
        sketch.add("x".repeat(64) + "b");
        assertThat(sketch.value()).hasToString("[{\"value\": \"" + "x".repeat(64) + "\", \"count\": 2, \"error\": 0}]");
    }

    @Test
    void doesNotSeeWhatBecomesOfACopy() {
        for (Sketch sketch : List.of(new DistinctValues(), new FrequentValues(2))) {
            sketch.add("a");
            Object before = sketch.value();
            Sketch copy = sketch.copy();
            copy.add("b");
            copy.add("a");
            assertThat(sketch.value()).isEqualTo(before);
            assertThat(copy.value()).isNotEqualTo(before);
        }
    }
}
