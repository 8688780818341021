package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {
    private static final Rows ROWS = GeneratedRows.of(300, 1);

    @Test
    void holdsOutEachRowOnceAndNoGroupInPart() {
        List<Split> splits = Split.of(ROWS);
        assertThat(splits.stream().flatMapToInt(split -> Arrays.stream(split.held())))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 300).boxed().toList());
        for (Split split : splits) {
            assertThat(groups(split.seen())).doesNotContainAnyElementsOf(groups(split.held()));
            assertThat(split.seen().length + split.held().length).isEqualTo(300);
        }
    }

    @Test
    void seesByTimeOnlyWhatCameBefore() {
        long[] times = IntStream.range(0, 300).mapToLong(row -> (row * 7L) % 50).toArray();
        List<Split> splits = Split.of(new Rows(ROWS.names(), ROWS.x(), ROWS.bad(), ROWS.groups(), times));
        assertThat(splits).hasSize(5);
        long held = 0;
        for (Split split : splits) {
            held += split.held().length;
            long latest = Arrays.stream(split.seen())
                    .mapToLong(row -> times[row])
                    .max()
                    .orElseThrow();
            assertThat(Arrays.stream(split.held()).mapToLong(row -> times[row])).allMatch(time -> time > latest);
        }
        assertThat(held)
                .isEqualTo(splits.stream()
                        .flatMapToInt(split -> Arrays.stream(split.held()))
                        .distinct()
                        .count());
        assertThat(held).isBetween(230L, 260L);
    }

    @Test
    void weighsAGroupByTheRootOfItsSizeAndKeepsTheShareOfTheBad() {
        boolean[] bad = {false, false, false, false, false, true, true};
        String[] groups = {"a", "a", "a", "a", "b", "c", "d"};
        double[] weights = GroupWeights.of(new Rows(List.of(), new double[7][0], bad, groups, null));
        assertThat(weights[0] + weights[1] + weights[2] + weights[3]).isEqualTo(2 * weights[4]);
        assertThat(Arrays.stream(weights, 0, 5).sum()).isEqualTo(5);
        assertThat(weights[5] + weights[6]).isEqualTo(2);
    }

    private static Set<String> groups(int[] rows) {
        return Arrays.stream(rows).mapToObj(row -> ROWS.groups()[row]).collect(Collectors.toSet());
    }
}
