package io.datamill.cli.training.report;

import io.datamill.step.score.training.Curves;
import io.datamill.step.score.training.Curves.Point;
import io.datamill.step.score.training.Lineage;
import java.util.Arrays;

/** The plots of held-out scores. */
record Plots(Curves curves, Lineage.HeldOut heldOut) {
    private static final int STEPS = 200;
    private static final int BINS = 25;

    String all() {
        return histogram() + overThresholds() + roc() + calibration();
    }

    private String roc() {
        Plot plot = new Plot("ROC", "false positives, of good events", "recall, of bad events", 1)
                .diagonal()
                .curve("a", curves.roc());
        heldOut.thresholds()
                .forEach(
                        one -> plot.dot("b", new Point(one.fpr(), one.recall()), one.name() + " below " + one.below()));
        return Html.figure(
                "ROC",
                "Area "
                        + (heldOut.figures().auc() == null
                                ? "–"
                                : Html.number(heldOut.figures().auc(), 4)) + ". Dots: the suggested thresholds.",
                plot.svg());
    }

    private String overThresholds() {
        Plot plot = new Plot("Precision and recall over the threshold", "threshold", "share", 1)
                .curve("a", curves.precision(STEPS))
                .curve("b", curves.recall(STEPS))
                .curve("c", curves.falsePositives(STEPS));
        String caption = key("a", "precision") + key("b", "recall") + key("c", "false positives, of good events");
        return Html.figure("Precision and recall over the threshold", caption, plot.svg());
    }

    private String calibration() {
        Plot plot = new Plot("Calibration", "mean score", "share of good events", 1).diagonal();
        plot.curve(
                "a",
                curves.calibration().stream()
                        .map(bin -> new Point(bin.score(), bin.trusted()))
                        .toList());
        curves.calibration()
                .forEach(bin -> plot.dot("a", new Point(bin.score(), bin.trusted()), bin.events() + " events"));
        return Html.figure(
                "Calibration",
                "A score of 0.8 should be right for 80% of the events that have it: on the line.",
                plot.svg());
    }

    private String histogram() {
        double[] good = shares(curves.good());
        double[] bad = shares(curves.bad());
        double most = Math.max(
                Arrays.stream(good).max().orElse(0), Arrays.stream(bad).max().orElse(0));
        Plot plot =
                new Plot("Scores by class", "score", "share of the class", Math.max(0.1, Math.ceil(most * 10) / 10));
        for (int i = 0; i < BINS; i++) {
            double middle = (i + 0.5) / BINS;
            plot.bar("a", (double) i / BINS, middle, good[i]);
            plot.bar("b", middle, (i + 1.0) / BINS, bad[i]);
        }
        heldOut.thresholds().forEach(one -> plot.mark(one.below(), ""));
        String caption = key("a", "good") + key("b", "bad") + "Dashed: the suggested thresholds.";
        return Html.figure("Scores by class", caption, plot.svg());
    }

    private static double[] shares(double[] scores) {
        return Arrays.stream(Curves.histogram(scores, BINS))
                .mapToDouble(count -> scores.length == 0 ? 0 : (double) count / scores.length)
                .toArray();
    }

    private static String key(String series, String name) {
        return "<span class=\"key " + series + "\">" + Html.escaped(name) + "</span> ";
    }
}
