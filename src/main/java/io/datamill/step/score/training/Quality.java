package io.datamill.step.score.training;

import io.datamill.step.score.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures that a lineage reports. */
final class Quality {
    private static final double QUARANTINED_HAM = 0.005;
    private static final double LABELLED_HAM = 0.03;
    private static final double FALSE_POSITIVES = 0.01;

    private Quality() {}

    static Lineage.HeldOut heldOut(CrossValidation held, int folds) {
        List<Lineage.Threshold> thresholds =
                List.of(threshold("quarantine", held, QUARANTINED_HAM), threshold("label", held, LABELLED_HAM));
        return new Lineage.HeldOut(folds, held.groups(), of(held.trusted(), held.untrusted()), thresholds);
    }

    /** Nothing where one kind is missing. */
    static Map<String, Double> of(double[] trusted, double[] untrusted) {
        Map<String, Double> figures = new LinkedHashMap<>();
        if (trusted.length > 0 && untrusted.length > 0) {
            double flagged = Metrics.cut(trusted, FALSE_POSITIVES);
            figures.put("auc", Decimals.figure(Metrics.auc(trusted, untrusted)));
            figures.put("logLoss", Decimals.figure(Metrics.logLoss(trusted, untrusted)));
            figures.put("recallAt1PercentFalsePositives", Decimals.figure(Metrics.shareBelow(untrusted, flagged)));
        }
        return figures;
    }

    static Lineage.Shares shares(double[] scores, Model.Thresholds thresholds) {
        return new Lineage.Shares(
                scores.length,
                Decimals.figure(Metrics.shareBelow(scores, thresholds.quarantine())),
                Decimals.figure(Metrics.shareBelow(scores, thresholds.label())));
    }

    private static Lineage.Threshold threshold(String name, CrossValidation held, double atMostHam) {
        double below = Metrics.threshold(held.trusted(), atMostHam);
        double ham = Decimals.figure(Metrics.shareBelow(held.trusted(), below));
        double spam = Decimals.figure(Metrics.shareBelow(held.untrusted(), below));
        return new Lineage.Threshold(name, below, atMostHam, ham, spam);
    }
}
