package io.datamill.step.score.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveEvaluator;
import io.datamill.step.score.BoundModel;
import io.datamill.step.score.Linear;
import io.datamill.step.score.Model;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains on all rows, and judges by models that have not seen a row's group, or what came later. What those say of held-out
 * rows calibrates the model and chooses its thresholds.
 */
public final class Learning {
    private static final double QUARANTINED = 0.005;
    private static final double LABELLED = 0.03;
    /** Where a calibrated model errs least. */
    private static final double EVEN = 0.5;

    private final Rows rows;
    private final long seed;
    private final List<Split> splits;
    private final double[] weights;
    private final double[] margins;
    private Additive sum = new Additive(0, Linear.NONE, List.of());

    private Learning(Rows rows, long seed) {
        this.rows = rows;
        this.seed = seed;
        this.splits = Split.of(rows);
        this.weights = GroupWeights.of(rows);
        this.margins = new double[rows.size()];
    }

    /**
     * @param falsePositives the share of good events to come that {@link Trained#threshold()} may hit, 0 to 1; null for
     *     the threshold where errors are fewest
     * @throws IllegalArgumentException if the rows are too few, or of one kind; the message says what to do
     */
    public static Trained run(Algorithm algorithm, Rows rows, long seed, Double falsePositives) {
        Learning learning = new Learning(rows, seed);
        List<Algorithm> members = algorithm.members();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Algorithm member : members) {
            learning.add(member.trainer(), members.size());
            settings.put(member.toString(), member.trainer().settings());
        }
        return learning.trained(falsePositives, settings);
    }

    private void add(Trainer trainer, int of) {
        double[] own = new double[rows.size()];
        Arrays.fill(own, Double.NaN);
        for (Split split : splits) {
            AdditiveEvaluator evaluator = new AdditiveEvaluator(trainer.train(rows.at(split.seen()), seed));
            for (int row : split.held()) {
                own[row] = evaluator.margin(rows.x()[row]);
            }
        }
        Calibration calibration = Calibration.of(own, rows.bad(), weights);
        for (int row = 0; row < own.length; row++) {
            margins[row] += calibration.of(own[row]) / of;
        }
        sum = sum.plus(calibration.of(trainer.train(rows, seed)).scaled(1.0 / of));
    }

    /** The mean of calibrated scores is too timid where they differ, so it is calibrated once more. */
    private Trained trained(Double falsePositives, Map<String, Object> settings) {
        Calibration calibration = Calibration.of(margins, rows.bad(), weights);
        double[] heldOut = Arrays.stream(margins)
                .map(margin -> BoundModel.probability(calibration.of(margin)))
                .toArray();
        ThresholdChoice choice = new ThresholdChoice(heldOut, rows, seed);
        Model.Thresholds thresholds = new Model.Thresholds(choice.below(QUARANTINED), choice.below(LABELLED));
        double threshold = falsePositives == null ? EVEN : choice.below(falsePositives);
        return new Trained(calibration.of(sum), heldOut, thresholds, threshold, settings);
    }
}
