package io.datamill.step.score;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * A model of kind {@link Additive} bound to a planned schema. It keeps the last event's contributions, so one instance
 * serves one subtask.
 */
@SuppressWarnings("serial") // Measures are serializable; arrays of them are too.
public final class AdditiveModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final AdditiveEvaluator evaluator;
    private final String[] names;
    private final Measure[] measures;
    private final double[] x;
    private final int[] keys;
    private final double[] contributions;

    private AdditiveModel(Model model, Additive additive, Measure[] measures) {
        this.evaluator = new AdditiveEvaluator(additive);
        this.measures = measures;
        this.names = model.features().stream().map(NamedFeature::name).toArray(String[]::new);
        this.x = new double[measures.length];
        this.keys = new int[2 * measures.length];
        this.contributions = new double[measures.length];
    }

    /**
     * Binds a model to the schema of the events it will see.
     *
     * @param problems takes each feature that does not fit
     * @return null where there is a problem
     */
    public static AdditiveModel plan(Model model, Schema record, Consumer<String> problems) {
        if (!(model.scorer() instanceof Additive additive)) {
            problems.accept(model.identity() + ": is no additive model");
            return null;
        }
        Measure[] measures = new Measure[model.features().size()];
        boolean fits = true;
        for (int i = 0; i < measures.length; i++) {
            NamedFeature named = model.features().get(i);
            try {
                measures[i] = named.feature().plan(record);
            } catch (IllegalArgumentException e) {
                problems.accept(model.identity() + ": feature '" + named.name() + "': " + e.getMessage());
                fits = false;
            }
        }
        return fits ? new AdditiveModel(model, additive, measures) : null;
    }

    /** The event's log-odds of being trustworthy; {@link #contribution} then holds its summands but {@link #bias}. */
    public double margin(Object[] values) {
        for (int i = 0; i < measures.length; i++) {
            x[i] = measures[i].of(values);
        }
        return evaluator.margin(x, contributions, keys);
    }

    /** The probability that belongs to log-odds: 0 to 1. */
    public static double probability(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    /** The log-odds that contributions are added to. */
    public double bias() {
        return evaluator.bias();
    }

    /** The last event's value of a feature. */
    public double value(int feature) {
        return x[feature];
    }

    /** What a feature added to the last event's log-odds. */
    public double contribution(int feature) {
        return contributions[feature];
    }

    /** The name of a feature. */
    public String name(int feature) {
        return names[feature];
    }

    /**
     * The features that moved the last event most, by absolute contribution, the first of equals first.
     *
     * @param top takes their indices, strongest first
     * @return how many there are: the array's length, or fewer where the model has fewer features
     */
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
