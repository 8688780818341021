package io.datamill.step.score.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The samples to use: of several copies the first, and none of an event that is held to be both.
 *
 * @param repeated copies left out
 * @param contradictory samples left out, since a copy is labelled otherwise
 */
record Selection(List<Sample> samples, int repeated, int contradictory) {

    static Selection of(List<Corpus> corpora) {
        Map<String, List<Sample>> copies = corpora.stream()
                .flatMap(corpus -> corpus.samples().stream())
                .collect(Collectors.groupingBy(Sample::id, LinkedHashMap::new, Collectors.toList()));
        List<Sample> samples = new ArrayList<>();
        int repeated = 0;
        int contradictory = 0;
        for (List<Sample> same : copies.values()) {
            boolean trusted = same.get(0).trusted();
            if (same.stream().allMatch(sample -> sample.trusted() == trusted)) {
                samples.add(same.get(0));
                repeated += same.size() - 1;
            } else {
                contradictory += same.size();
            }
        }
        return new Selection(samples, repeated, contradictory);
    }

    long count(boolean trusted) {
        return samples.stream().filter(sample -> sample.trusted() == trusted).count();
    }
}
