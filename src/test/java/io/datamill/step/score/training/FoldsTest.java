package io.datamill.step.score.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldsTest {
    @Test
    void fillsTheFoldsEvenlyWithWholeGroups() {
        Random random = new Random(7);
        List<String> groups =
                IntStream.range(0, 400).mapToObj(i -> "g" + random.nextInt(40)).toList();
        Folds folds = new Folds(groups, 5);
        assertThat(folds.groups()).isEqualTo(40);
        Map<Integer, Long> sizes = groups.stream().collect(Collectors.groupingBy(folds::of, Collectors.counting()));
        assertThat(sizes.values())
                .hasSize(5)
                .allSatisfy(size -> assertThat(size).isBetween(60L, 100L));
    }
}
