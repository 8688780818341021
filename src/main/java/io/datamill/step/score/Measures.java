package io.datamill.step.score;

import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** The features of a model, bound to a schema. */
@SuppressWarnings("serial") // Measures are serializable; arrays of them are too.
final class Measures implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final Measure[] measures;

    private Measures(String[] names, Measure[] measures) {
        this.names = names;
        this.measures = measures;
    }

    /**
     * @param problems takes each feature that does not fit
     * @return null where there is a problem
     */
    static Measures plan(Model model, Schema record, Consumer<String> problems) {
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
        String[] names = model.features().stream().map(NamedFeature::name).toArray(String[]::new);
        return fits ? new Measures(names, measures) : null;
    }

    int size() {
        return measures.length;
    }

    String name(int feature) {
        return names[feature];
    }

    /** Computes every feature of an event. */
    void of(Object[] values, double[] x) {
        for (int i = 0; i < measures.length; i++) {
            x[i] = measures[i].of(values);
        }
    }
}
