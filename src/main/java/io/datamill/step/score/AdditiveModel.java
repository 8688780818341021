package io.datamill.step.score;

import java.util.function.Consumer;
import org.apache.avro.Schema;

/** A model of kind {@link Additive}, with path attribution as its reasons. */
public final class AdditiveModel implements BoundModel {
    private static final long serialVersionUID = 1L;

    private final AdditiveEvaluator evaluator;
    private final Measures measures;
    private final double[] x;
    private final int[] keys;
    private final double[] contributions;

    private AdditiveModel(Additive additive, Measures measures) {
        this.evaluator = new AdditiveEvaluator(additive);
        this.measures = measures;
        this.x = new double[measures.size()];
        this.keys = new int[2 * measures.size()];
        this.contributions = new double[measures.size()];
    }

    /**
     * Binds a model to the schema of the events it will see.
     *
     * @param problems takes each feature that does not fit
     * @return null where there is a problem
     * @throws IllegalArgumentException if it is no additive model
     */
    public static AdditiveModel plan(Model model, Schema record, Consumer<String> problems) {
        if (!(model.scorer() instanceof Additive additive)) {
            throw new IllegalArgumentException(model.identity() + ": is no additive model");
        }
        Measures measures = Measures.plan(model, record, problems);
        return measures == null ? null : new AdditiveModel(additive, measures);
    }

    /** {@link #contribution} then holds its summands but {@link #bias}. */
    @Override
    public double margin(Object[] values) {
        measures.of(values, x);
        return evaluator.margin(x, contributions, keys);
    }

    /** The log-odds that contributions are added to. */
    public double bias() {
        return evaluator.bias();
    }

    /** The last event's value of a feature. */
    public double value(int feature) {
        return x[feature];
    }

    @Override
    public double contribution(int feature) {
        return contributions[feature];
    }

    @Override
    public String name(int feature) {
        return measures.name(feature);
    }

    @Override
    public int strongest(int[] top) {
        int found = 0;
        for (int i = 0; i < contributions.length; i++) {
            double strength = Math.abs(contributions[i]);
            int at = found < top.length ? found++ : top.length;
            while (at > 0 && strength > Math.abs(contributions[top[at - 1]])) {
                if (at < top.length) {
                    top[at] = top[at - 1];
                }
                at--;
            }
            if (at < top.length) {
                top[at] = i;
            }
        }
        return found;
    }
}
