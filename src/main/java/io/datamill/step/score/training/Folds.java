package io.datamill.step.score.training;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which rows are held out together: each group as a whole, the folds of nearly one size. */
final class Folds {
    private final Map<String, Integer> foldByGroup = new HashMap<>();

    /** @param groups of each row */
    Folds(List<String> groups, int folds) {
        Map<String, Long> sizes =
                groups.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        List<String> largestFirst = sizes.keySet().stream()
                .sorted(Comparator.comparing((Function<String, Long>) sizes::get)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        long[] filled = new long[folds];
        for (String group : largestFirst) {
            int fold = smallest(filled);
            filled[fold] += sizes.get(group);
            foldByGroup.put(group, fold);
        }
    }

    int of(String group) {
        return foldByGroup.get(group);
    }

    int groups() {
        return foldByGroup.size();
    }

    private static int smallest(long[] filled) {
        int smallest = 0;
        for (int fold = 1; fold < filled.length; fold++) {
            if (filled[fold] < filled[smallest]) {
                smallest = fold;
            }
        }
        return smallest;
    }
}
