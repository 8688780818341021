package io.datamill.step.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearWordsTest {
    /** Counted by hand; the last is the example that tells optimal string alignment from the true Damerau distance. */
    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "abcd, acbd, 1",
        "abcd, abcd, 0",
        "'', abc, 3",
        "ab, ba, 1",
        "ca, abc, 3",
    })
    void measures(String a, String b, int expected) {
        assertThat(NearWords.distance(a, b)).isEqualTo(expected);
        assertThat(NearWords.distance(b, a)).isEqualTo(expected);
    }

    @Test
    void findsWhatALookAtEachWordFinds() {
        Random random = new Random(7);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            words.add(word(random));
        }
        for (int edits = 0; edits <= NearWords.MOST_EDITS; edits++) {
            NearWords near = new NearWords(words, edits);
            int found = 0;
            for (int i = 0; i < 2_000; i++) {
                String text = word(random);
                NearWords.Near expected = slowly(words, edits, text);
                assertThat(near.nearest(text)).as(text + " within " + edits).isEqualTo(expected);
                found += expected == null ? 0 : 1;
            }
            assertThat(found).isEqualTo(edits == 0 ? 0 : found).isGreaterThanOrEqualTo(edits * 20);
        }
    }

    private static NearWords.Near slowly(List<String> words, int edits, String text) {
        NearWords.Near best = null;
        for (int i = 0; i < words.size(); i++) {
            int length = words.get(i).length();
            int most = length < 4 ? 0 : length < 8 ? Math.min(edits, 1) : edits;
            int distance = NearWords.distance(words.get(i), text);
            if (distance > 0 && distance <= most && (best == null || distance < best.distance())) {
                best = new NearWords.Near(i, distance);
            }
        }
        return best;
    }

    /** Of few letters, so that many are near. */
    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 2 + random.nextInt(8); i > 0; i--) {
            word.append((char) ('a' + random.nextInt(3)));
        }
        return word.toString();
    }
}
