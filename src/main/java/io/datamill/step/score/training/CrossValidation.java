package io.datamill.step.score.training;

import java.util.ArrayList;
import java.util.List;

/**
 * The scores that samples get from models that have not seen their group.
 *
 * @param groups how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // Sorted and counted, never compared.
record CrossValidation(int groups, double[] trusted, double[] untrusted) {

    static CrossValidation run(LogisticTrainer trainer, FeatureTable table, List<Sample> samples, int folds) {
        Folds split = new Folds(samples.stream().map(Sample::group).toList(), folds);
        List<Double> trusted = new ArrayList<>();
        List<Double> untrusted = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int held = fold;
            List<Sample> seen =
                    samples.stream().filter(sample -> split.of(sample.group()) != held).toList();
            Fit fit = Fit.of(trainer, table, seen);
            for (Sample sample : samples) {
                if (split.of(sample.group()) == fold) {
                    (sample.trusted() ? trusted : untrusted).add(fit.score(table.row(sample)));
                }
            }
        }
        return new CrossValidation(split.groups(), array(trusted), array(untrusted));
    }

    private static double[] array(List<Double> scores) {
        return scores.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
