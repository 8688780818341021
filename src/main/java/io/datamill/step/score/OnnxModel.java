package io.datamill.step.score;

import io.datamill.event.RejectedEventException;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** A model of kind {@link Onnx}: it gives no reasons, since it does not say how it comes to its number. */
final class OnnxModel implements BoundModel {
    private static final long serialVersionUID = 1L;

    private final Onnx onnx;
    private final byte[] file;
    private final Measures measures;
    private final double[][] x;
    private final double[] margins = new double[1];
    private transient OnnxScorer scorer;

    private OnnxModel(Onnx onnx, byte[] file, Measures measures) {
        this.onnx = onnx;
        this.file = file;
        this.measures = measures;
        this.x = new double[1][measures.size()];
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
        scorer = OnnxScorer.open(onnx, file, measures.size(), 1);
    }

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
            scorer = null;
        }
    }

    @Override
    public double margin(Object[] values) throws RejectedEventException {
        measures.of(values, x[0]);
        scorer.score(x, 1, margins);
        if (Double.isNaN(margins[0])) {
            throw new RejectedEventException(
                    "NO_SCORE",
                    "output '" + onnx.output() + "' of " + onnx.file() + " is no "
                            + onnx.scale().word());
        }
        return margins[0];
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
