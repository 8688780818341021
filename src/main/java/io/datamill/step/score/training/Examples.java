package io.datamill.step.score.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The examples to learn from, in an order that is theirs alone: not that of the files, nor of the rows in them.
 *
 * @param names of the features that vary
 * @param repeated copies left out
 * @param contradictory examples left out, since a copy is labelled otherwise
 * @param constant features left out, since they are the same for all
 */
public record Examples(
        List<String> names, List<Labelled> list, long repeated, long contradictory, List<String> constant) {

    /**
     * Of several copies the first in that order is used, and none of an event that is held to be both.
     *
     * @param names of all features
     */
    public static Examples withoutCopies(List<String> names, List<Labelled> all) {
        List<Labelled> unique = new ArrayList<>();
        Map<String, List<Labelled>> copies = new LinkedHashMap<>();
        for (Labelled example : ordered(all)) {
            if (example.once() == null) {
                unique.add(example);
            } else {
                copies.computeIfAbsent(example.once(), key -> new ArrayList<>()).add(example);
            }
        }
        long repeated = 0;
        long contradictory = 0;
        for (List<Labelled> same : copies.values()) {
            boolean bad = same.get(0).bad();
            if (same.stream().allMatch(example -> example.bad() == bad)) {
                unique.add(same.get(0));
                repeated += same.size() - 1L;
            } else {
                contradictory += same.size();
            }
        }
        return new Examples(names, ordered(unique), repeated, contradictory, List.of());
    }

    /** The same without the features that never vary. */
    public Examples varying() {
        int[] kept = IntStream.range(0, names.size()).filter(this::varies).toArray();
        List<String> keptNames = IntStream.of(kept).mapToObj(names::get).toList();
        List<String> without = new ArrayList<>(names);
        without.removeAll(keptNames);
        List<Labelled> narrowed =
                list.stream().map(example -> example.narrowed(kept)).toList();
        return new Examples(keptNames, narrowed, repeated, contradictory, without);
    }

    /**
     * As trainers take them.
     *
     * @param byTime whether the split is by time
     * @throws IllegalArgumentException if it is, and an example has no time
     */
    public Rows rows(boolean byTime) {
        if (byTime && list.stream().anyMatch(example -> example.time() == null)) {
            throw new IllegalArgumentException("--split time: an event has no time; give --time FIELD");
        }
        boolean[] bad = new boolean[list.size()];
        for (int i = 0; i < bad.length; i++) {
            bad[i] = list.get(i).bad();
        }
        return new Rows(
                names,
                list.stream().map(Labelled::x).toArray(double[][]::new),
                bad,
                list.stream()
                        .map(example -> example.group() == null ? example.content() : example.group())
                        .toArray(String[]::new),
                byTime ? list.stream().mapToLong(Labelled::time).toArray() : null);
    }

    /** How many are to be stopped. */
    long bad() {
        return list.stream().filter(Labelled::bad).count();
    }

    /** Of all examples in their order. */
    String sha256() {
        return DigestUtils.sha256Hex(list.stream().map(Labelled::digest).collect(Collectors.joining()));
    }

    private static List<Labelled> ordered(List<Labelled> examples) {
        Map<Labelled, String> digests = new IdentityHashMap<>();
        examples.forEach(example -> digests.put(example, example.digest()));
        return examples.stream().sorted(Comparator.comparing(digests::get)).toList();
    }

    private boolean varies(int column) {
        return list.stream()
                .anyMatch(example ->
                        Double.compare(example.x()[column], list.get(0).x()[column]) != 0);
    }
}
