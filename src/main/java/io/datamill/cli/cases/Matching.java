package io.datamill.cli.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares a list of expected values with what there is, in any order or in the one given. */
final class Matching {
    private final List<JsonNode> expected;
    private final List<JsonNode> actual;
    private final boolean exact;

    /** The actual value that an expected one goes with, or -1. */
    private final int[] partner;

    private Matching(List<JsonNode> expected, List<JsonNode> actual, boolean exact) {
        this.expected = expected;
        this.actual = actual;
        this.exact = exact;
        this.partner = new int[expected.size()];
        Arrays.fill(partner, -1);
    }

    /**
     * One line for each difference.
     *
     * @param name of the list, for the lines
     */
    static List<String> differences(
            List<JsonNode> expected, List<JsonNode> actual, boolean exact, boolean ordered, String name) {
        Matching matching = new Matching(expected, actual, exact);
        if (ordered) {
            for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
                matching.partner[i] = i;
            }
        } else {
            matching.match();
            matching.pairTheRest();
        }
        return matching.told(name);
    }

    /** The most pairs that fit: an expected value of few fields may fit several. */
    private void match() {
        int[] taken = new int[actual.size()];
        Arrays.fill(taken, -1);
        for (int i = 0; i < expected.size(); i++) {
            find(i, taken, new boolean[actual.size()]);
        }
        for (int j = 0; j < taken.length; j++) {
            if (taken[j] >= 0) {
                partner[taken[j]] = j;
            }
        }
    }

    private boolean find(int i, int[] taken, boolean[] tried) {
        for (int j = 0; j < taken.length; j++) {
            if (!tried[j] && Difference.between(expected.get(i), actual.get(j), exact, "").isEmpty()) {
                tried[j] = true;
                if (taken[j] < 0 || find(taken[j], taken, tried)) {
                    taken[j] = i;
                    return true;
                }
            }
        }
        return false;
    }

    /** What fits nothing is shown beside what it is most like. */
    private void pairTheRest() {
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] >= 0) {
                continue;
            }
            int fewest = Integer.MAX_VALUE;
            for (int j : free()) {
                int differences = Difference.between(expected.get(i), actual.get(j), exact, "").size();
                if (differences < fewest) {
                    fewest = differences;
                    partner[i] = j;
                }
            }
        }
    }

    private List<Integer> free() {
        List<Integer> free = new ArrayList<>();
        for (int j = 0; j < actual.size(); j++) {
            int candidate = j;
            if (Arrays.stream(partner).noneMatch(taken -> taken == candidate)) {
                free.add(j);
            }
        }
        return free;
    }

    private List<String> told(String name) {
        List<String> lines = new ArrayList<>();
        if (expected.size() != actual.size()) {
            lines.add(name + ": expected " + expected.size() + ", but there " + (actual.size() == 1 ? "is" : "are") + ' '
                    + actual.size());
        }
        for (int i = 0; i < partner.length; i++) {
            String path = name + '[' + i + ']';
            if (partner[i] < 0) {
                lines.add(path + ": expected " + Difference.shown(expected.get(i)) + ", but there is no such");
            } else {
                lines.addAll(Difference.between(expected.get(i), actual.get(partner[i]), exact, path));
            }
        }
        for (int j : free()) {
            lines.add(name + ": not expected, but there is " + Difference.shown(actual.get(j)));
        }
        return lines;
    }
}
