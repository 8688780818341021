package io.datamill.step.score.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What events looked like when the model was trained: {@code baseline.json}, against which a drift is told.
 *
 * @param rows events
 * @param score of held-out events
 * @param features by name
 */
public record Baseline(long rows, Distribution score, Map<String, Distribution> features) {

    /**
     * How often a number was where. Bin i holds what is above {@code edges[i - 1]} and not above {@code edges[i]}; the
     * first has no lower end, the last no upper one, so there is one bin more than edges.
     *
     * @param edges ascending: the deciles that differ, or the values themselves where there are ten or fewer
     * @param counts of each bin
     * @param absent the share of events where a field that the feature looks at was null or empty, 0 to 1
     */
    public record Distribution(List<Double> edges, List<Long> counts, double absent) {
        private static final int BINS = 10;

        public Distribution {
            List<Double> ascending = List.copyOf(edges);
            edges = ascending;
            counts = List.copyOf(counts);
            require(
                    counts.size() == edges.size() + 1,
                    "counts: expected one more than edges; found " + counts.size() + " beside " + edges.size());
            require(counts.stream().allMatch(count -> count >= 0), "counts: expected 0 or more; found " + counts);
            require(
                    IntStream.range(1, edges.size()).allMatch(i -> ascending.get(i - 1) < ascending.get(i)),
                    "edges: expected them in ascending order; found " + edges);
            require(absent >= 0 && absent <= 1, "absent: expected 0 to 1; found " + absent);
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }

        /** NaN is in no bin. */
        static Distribution of(double[] values, double absent) {
            double[] sorted = Arrays.stream(values)
                    .filter(value -> !Double.isNaN(value))
                    .sorted()
                    .toArray();
            List<Double> edges = edges(sorted);
            long[] counts = new long[edges.size() + 1];
            int bin = 0;
            for (double value : sorted) {
                while (bin < edges.size() && value > edges.get(bin)) {
                    bin++;
                }
                counts[bin]++;
            }
            return new Distribution(edges, Arrays.stream(counts).boxed().toList(), absent);
        }

        private static List<Double> edges(double[] sorted) {
            TreeSet<Double> distinct = new TreeSet<>();
            for (int i = 0; i < sorted.length && distinct.size() <= BINS; i++) {
                distinct.add(sorted[i] + 0.0); // -0 is 0
            }
            if (distinct.size() > BINS) {
                distinct.clear();
                for (int decile = 1; decile < BINS; decile++) {
                    distinct.add(sorted[(int) ((long) decile * sorted.length / BINS)] + 0.0);
                }
            }
            List<Double> edges = new ArrayList<>(distinct);
            if (!edges.isEmpty() && edges.get(edges.size() - 1) == sorted[sorted.length - 1]) {
                edges.remove(edges.size() - 1); // Nothing lies above it.
            }
            return edges;
        }
    }

    static Baseline of(Examples examples, double[] heldOut) {
        Map<String, Distribution> features = new LinkedHashMap<>();
        for (int i = 0; i < examples.names().size(); i++) {
            int column = i;
            double[] values = examples.list().stream()
                    .mapToDouble(example -> example.x()[column])
                    .toArray();
            double absent = examples.list().stream()
                    .collect(Collectors.averagingDouble(
                            example -> example.absent().get(column) ? 1 : 0));
            features.put(examples.names().get(i), Distribution.of(values, Decimals.figure(absent)));
        }
        return new Baseline(examples.list().size(), Distribution.of(heldOut, 0), features);
    }
}
