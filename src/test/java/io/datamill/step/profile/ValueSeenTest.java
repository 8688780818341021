package io.datamill.step.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.datamill.event.Event;
import io.datamill.testing.KeyedRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueSeenTest {
    private static final Schema INPUT = KeyedRunner.schema(
            "sender string", "word string?", "n int", "large long?", "ratio double", "day date", "sure boolean?");
    private static final List<String> FIELDS = List.of("word", "n", "large", "ratio", "day", "sure");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void areWhatAllEventsSayInWhateverOrderTheyCome(int seed) throws Exception {
        KeyedRunner runner = new KeyedRunner(INPUT, config());
        Random random = new Random(seed);
        Map<String, Seen> oracle = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            long time = random.nextInt(100);
            Object[] values = {
                "a",
                random.nextInt(3) == 0 ? null : "\u00e4".repeat(random.nextInt(5)) + i,
                i,
                random.nextBoolean() ? null : (Long) (Long.MIN_VALUE + i),
                i == 7 ? Double.NaN : -0.5 * i,
                i % 9,
                random.nextBoolean() ? null : (Boolean) random.nextBoolean()
            };
            Event given = runner.send(time, values);
            List<Object> expected = new ArrayList<>();
            for (int field = 0; field < FIELDS.size(); field++) {
                Seen seen = oracle.computeIfAbsent(FIELDS.get(field), name -> new Seen());
                expected.add(seen.firstWith(time, values[field + 1]));
                expected.add(seen.lastBefore(time, values[field + 1]));
            }
            assertThat(given.values()).endsWith(expected.toArray());
        }
    }

    @Test
    void holdOfATextItsFirst64CharactersAndNoHalfOfOne() throws Exception {
        KeyedRunner runner = new KeyedRunner(INPUT, config());
        String smiles = "x" + "\ud83d\ude00".repeat(40);

        Event given = runner.send(1, "a", smiles, 1, null, 1.0, 1, null);

        assertThat(given.values()[7]).isEqualTo("x" + "\ud83d\ude00".repeat(31));
    }

    @Test
    void takeNoFieldOfParts() throws Exception {
        Profile.Config config = new Profile.Config("p", List.of("sender"), Map.of("f", "first(words)"), null);
        KeyedRunner runner = new KeyedRunner(KeyedRunner.schema("sender string", "words array<string>"), config);

        assertThat(runner.problems())
                .containsExactly("features.f: field 'words' is array<string>, expected a timestamp, string, number,"
                        + " boolean or date");
    }

    private static Profile.Config config() {
        Map<String, String> features = new LinkedHashMap<>();
        for (String field : FIELDS) {
            features.put("first_" + field, "first(" + field + ")");
            features.put("last_" + field, "last(" + field + ")");
        }
        return new Profile.Config("p", List.of("sender"), features, null);
    }

    /** Remembers all. */
    private static final class Seen {
        private final List<Object> values = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();

        Object firstWith(long time, Object value) {
            List<Object> all = new ArrayList<>(values);
            List<Long> allTimes = new ArrayList<>(times);
            if (value != null) {
                all.add(value);
                allTimes.add(time);
            }
            int best = -1;
            for (int i = 0; i < all.size(); i++) {
                best = best < 0 || allTimes.get(i) < allTimes.get(best) ? i : best;
            }
            return best < 0 ? null : all.get(best);
        }

        Object lastBefore(long time, Object value) {
            int best = -1;
            for (int i = 0; i < values.size(); i++) {
                best = best < 0 || times.get(i) >= times.get(best) ? i : best;
            }
            Object last = best < 0 ? null : values.get(best);
            if (value != null) {
                values.add(value);
                times.add(time);
            }
            return last;
        }
    }
}
