package io.datamill.step.score;

import io.datamill.event.RejectedEventException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** A model of kind {@link Onnx}: it gives no reasons, since it does not say how it comes to its number. */
final class OnnxModel implements BoundModel {
    private static final long serialVersionUID = 1L;

    /** Rows that are scored together: above it a row costs hardly less. */
    private static final int BATCH = 64;

    private final Onnx onnx;
    private final byte[] file;
    private final Measures measures;
    private final double[][] x;
    private final double[] margins = new double[BATCH];

    /** Why the graph failed on a row; null where it did not. */
    private final String[] failures = new String[BATCH];

    private transient OnnxScorer scorer;
    /** How many of {@link #margins} have not been asked for yet, and which is next. */
    private int prepared;

    private int next;

    private OnnxModel(Onnx onnx, byte[] file, Measures measures) {
        this.onnx = onnx;
        this.file = file;
        this.measures = measures;
        this.x = new double[BATCH][measures.size()];
    }

    /** Opens it once, to see that it fits. */
    static OnnxModel plan(Model model, Onnx onnx, byte[] file, Schema record, Consumer<String> problems) {
        Measures measures = Measures.plan(model, record, problems);
        try {
            OnnxScorer.open(onnx, file, model.features().size(), 1).close();
            return measures == null ? null : new OnnxModel(onnx, file, measures);
        } catch (InvalidModelException e) {
            problems.accept(model.identity() + ": " + e.getMessage());
            return null;
        }
    }

    @Override
    public void open() throws InvalidModelException {
        scorer = OnnxScorer.open(onnx, file, measures.size(), BATCH);
    }

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
            scorer = null;
        }
    }

    @Override
    public int batch() {
        return BATCH;
    }

    @Override
    public void prepare(Object[][] values, int count) {
        for (int row = 0; row < count; row++) {
            measures.of(values[row], x[row]);
        }
        Arrays.fill(failures, null);
        try {
            scorer.score(x, count, margins);
        } catch (IllegalStateException anyOfThem) {
            scoreEach(count);
        }
        prepared = count;
        next = 0;
    }

    /** Finds the rows that the graph fails on, so that their events alone are rejected. */
    private void scoreEach(int count) {
        double[] margin = new double[1];
        // A graph that fails on what it was opened with is no fault of any event.
        scorer.score(new double[][] {new double[measures.size()]}, 1, margin);
        for (int row = 0; row < count; row++) {
            try {
                scorer.score(new double[][] {x[row]}, 1, margin);
                margins[row] = margin[0];
            } catch (IllegalStateException e) {
                margins[row] = Double.NaN;
                failures[row] = e.getMessage().lines().findFirst().orElse("");
            }
        }
    }

    @Override
    public double margin(Object[] values) throws RejectedEventException {
        if (next == prepared) {
            prepare(new Object[][] {values}, 1);
        }
        String failure = failures[next];
        double margin = margins[next++];
        if (failure != null) {
            throw new RejectedEventException("NO_SCORE", failure);
        }
        if (Double.isNaN(margin)) {
            throw new RejectedEventException(
                    "NO_SCORE",
                    "output '" + onnx.output() + "' of " + onnx.file() + " is no "
                            + onnx.scale().word());
        }
        return margin;
    }

    @Override
    public String name(int feature) {
        return measures.name(feature);
    }

    @Override
    public double contribution(int feature) {
        return 0;
    }

    @Override
    public int strongest(int[] top) {
        return 0;
    }
}
