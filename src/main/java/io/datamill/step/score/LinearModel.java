package io.datamill.step.score;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * A model bound to a planned schema. It keeps the last event's contributions, so one instance serves one subtask.
 */
@SuppressWarnings("serial") // Measures are serializable; arrays of them are too.
public final class LinearModel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double intercept;
    private final String[] names;
    private final Measure[] measures;
    private final double[] means;
    private final double[] factors;
    private final double[] contributions;

    private LinearModel(Model model, Measure[] measures) {
        int size = model.features().size();
        this.intercept = model.intercept();
        this.measures = measures;
        this.names = new String[size];
        this.means = new double[size];
        this.factors = new double[size];
        this.contributions = new double[size];
        for (int i = 0; i < size; i++) {
            Model.Weighted feature = model.features().get(i);
            names[i] = feature.name();
            means[i] = feature.mean();
            factors[i] = feature.weight() / feature.scale();
        }
    }

    /**
     * Binds a model to the schema of the events it will see.
     *
     * @param problems takes each feature that does not fit
     * @return null where there is a problem
     */
    public static LinearModel plan(Model model, Schema record, Consumer<String> problems) {
        Measure[] measures = new Measure[model.features().size()];
        boolean fits = true;
        for (int i = 0; i < measures.length; i++) {
            Model.Weighted weighted = model.features().get(i);
            try {
                measures[i] = weighted.feature().plan(record);
            } catch (IllegalArgumentException e) {
                problems.accept(model.identity() + ": feature '" + weighted.name() + "': " + e.getMessage());
                fits = false;
            }
        }
        return fits ? new LinearModel(model, measures) : null;
    }

    /** The event's log-odds of being trustworthy; {@link #contribution} then holds its summands but the intercept. */
    public double margin(Object[] values) {
        double sum = intercept;
        for (int i = 0; i < measures.length; i++) {
            double contribution = factors[i] * (measures[i].of(values) - means[i]);
            contributions[i] = contribution;
            sum += contribution;
        }
        return sum;
    }

    /** The probability that belongs to log-odds: 0 to 1. */
    public static double probability(double margin) {
        return 1 / (1 + Math.exp(-margin));
    }

    double contribution(int feature) {
        return contributions[feature];
    }

    String name(int feature) {
        return names[feature];
    }

    /**
     * The features that moved the last event most, by absolute contribution, the first of equals first.
     *
     * @param top takes their indices, strongest first
     * @return how many there are: the array's length, or fewer where the model has fewer features
     */
    int strongest(int[] top) {
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
