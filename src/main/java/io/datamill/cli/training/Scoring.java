package io.datamill.cli.training;

import io.datamill.step.score.Additive;
import io.datamill.step.score.AdditiveEvaluator;
import io.datamill.step.score.BoundModel;
import io.datamill.step.score.InvalidModelException;
import io.datamill.step.score.Model;
import io.datamill.step.score.ModelArtifact;
import io.datamill.step.score.Onnx;
import io.datamill.step.score.OnnxScorer;
import java.util.Arrays;
import java.util.List;

/** Scores rows with the evaluators that the job runs. */
public final class Scoring {
    private static final int BATCH = 64;

    private Scoring() {}

    /**
     * The probability of trust of each row.
     *
     * @param directory of the model
     * @param rows of a number for each of its features
     * @throws InvalidModelException if one of its files is not there, or cannot be run
     * @throws IllegalArgumentException if the model gives no number for a row
     */
    public static double[] scores(String directory, Model model, List<double[]> rows) throws InvalidModelException {
        double[] margins = model.scorer() instanceof Onnx onnx
                ? onnx(onnx, ModelArtifact.file(directory, model, onnx.file()), rows)
                : additive((Additive) model.scorer(), rows);
        long none = Arrays.stream(margins).filter(Double::isNaN).count();
        if (none > 0) {
            throw new IllegalArgumentException(
                    model.identity() + " gives no number for " + none + " of " + margins.length + " events");
        }
        return Arrays.stream(margins).map(BoundModel::probability).toArray();
    }

    private static double[] additive(Additive additive, List<double[]> rows) {
        AdditiveEvaluator evaluator = new AdditiveEvaluator(additive);
        return rows.stream().mapToDouble(evaluator::margin).toArray();
    }

    private static double[] onnx(Onnx onnx, byte[] file, List<double[]> rows) throws InvalidModelException {
        double[] margins = new double[rows.size()];
        double[] batch = new double[BATCH];
        try (OnnxScorer scorer = OnnxScorer.open(onnx, file, rows.get(0).length, BATCH)) {
            for (int from = 0; from < margins.length; from += BATCH) {
                List<double[]> some = rows.subList(from, Math.min(from + BATCH, margins.length));
                scorer.score(some.toArray(double[][]::new), some.size(), batch);
                System.arraycopy(batch, 0, margins, from, some.size());
            }
        }
        return margins;
    }
}
