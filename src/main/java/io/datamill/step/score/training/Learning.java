package io.datamill.step.score.training;

import io.datamill.step.score.AdditiveEvaluator;
import io.datamill.step.score.AdditiveModel;
import io.datamill.step.score.Model;
import java.util.List;
import java.util.stream.IntStream;

/** Trains on all rows, and judges by models that have not seen a row's group. */
public final class Learning {
    private static final int FOLDS = 5;
    private static final double QUARANTINED = 0.005;
    private static final double LABELLED = 0.03;

    private Learning() {}

    /** @throws IllegalArgumentException if the rows are too few, or of one kind; the message says what to do */
    public static Trained run(Algorithm algorithm, Rows rows, long seed) {
        Trainer trainer = algorithm.trainer();
        double[] heldOut = new double[rows.size()];
        Folds folds = new Folds(List.of(rows.groups()), FOLDS);
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            int[] seen = IntStream.range(0, rows.size())
                    .filter(row -> folds.of(rows.groups()[row]) != held)
                    .toArray();
            AdditiveEvaluator scorer = new AdditiveEvaluator(trainer.train(rows.at(seen), seed));
            IntStream.range(0, rows.size())
                    .filter(row -> folds.of(rows.groups()[row]) == held)
                    .forEach(row -> heldOut[row] = AdditiveModel.probability(scorer.margin(rows.x()[row])));
        }
        double[] trusted = IntStream.range(0, rows.size())
                .filter(row -> !rows.bad()[row])
                .mapToDouble(row -> heldOut[row])
                .toArray();
        Model.Thresholds thresholds =
                new Model.Thresholds(Metrics.threshold(trusted, QUARANTINED), Metrics.threshold(trusted, LABELLED));
        return new Trained(trainer.train(rows, seed), heldOut, thresholds, 0.5, trainer.settings());
    }
}
