package io.datamill.step.score.training;

import io.datamill.step.score.AdditiveModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a model makes of corpora, through the evaluator that the job runs.
 *
 * @param seen the ids of the samples it was trained on: these are left out
 */
record Evaluation(AdditiveModel model, Set<String> seen) {

    static Evaluation of(AdditiveModel model, List<Corpus> train) {
        Set<String> seen = new HashSet<>();
        train.forEach(corpus -> corpus.samples().forEach(sample -> seen.add(sample.id())));
        return new Evaluation(model, seen);
    }

    double[] scores(Corpus corpus) {
        return scores(List.of(corpus));
    }

    /** The scores of all corpora of one kind. */
    double[] scores(List<Corpus> corpora, boolean trusted) {
        return scores(
                corpora.stream().filter(corpus -> corpus.trusted() == trusted).toList());
    }

    private double[] scores(List<Corpus> corpora) {
        return corpora.stream()
                .flatMap(corpus -> corpus.samples().stream())
                .filter(sample -> !seen.contains(sample.id()))
                .mapToDouble(sample -> AdditiveModel.probability(model.margin(sample.values())))
                .toArray();
    }
}
