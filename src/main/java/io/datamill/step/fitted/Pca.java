package io.datamill.step.fitted;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.schema.TypeText;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.Versioned;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;

/** Adds an event's place along the directions in which a sample varied most. */
public final class Pca implements StatelessStep, Versioned {
    private static final long serialVersionUID = 1L;
    private static final int MAX_FIELDS = 256;
    private static final Schema VECTOR = TypeText.parse("array<double>");

    /** The options, all but {@code version-as} required. */
    @VerbDoc(
            purpose =
                    "Principal component analysis: adds the event's coordinates along the directions in which a sample"
                            + " that `datamill fit` has seen varied most, the first the strongest. Each is the sum of"
                            + " (x - mean) * weight over the fields. Fields are not scaled: put standard-scale before it. The"
                            + " sign of a component is such that its weight of the greatest absolute value is positive.",
            signature =
                    "int, long, float, double or decimal, nullable → array<double>, null where one of the fields may"
                            + " be",
            errors = "None. Null where one of the fields is null; NaN and infinity give what is not finite. Rows of the"
                    + " sample where a field is null, NaN or infinite are not counted.",
            example = """
                    step: { pca: { fields: [x, y], components: 1, as: place, fitted: "${env:EXAMPLE_DIR}/pca.json" } }
                    files:
                      pca.json: |
                        {"format": 1, "verb": "pca", "version": "aca8b2695ad3",
                         "fitted_on": {"rows": 3, "source": "sample.csv", "sha256": ""},
                         "schema": {"x": "double", "y": "double"},
                         "parameters": {"fields": ["x", "y"], "means": [1.0, 2.0],
                          "components": [{"variance": 25.0, "share": 1.0, "weights": [0.6, 0.8]}]}}
                    fields: { x: double, y: double }
                    input: { x: 4.0, y: 6.0 }
                    output: { x: 4.0, y: 6.0, place: [5.0] }
                    """)
    public record Config(
            @OptionDoc("the numeric fields, 1 to 256") List<String> fields,

            @OptionDoc("how many coordinates, at most as many as fields")
            Integer components,

            @OptionDoc("the field to add") String as,

            @OptionDoc("the file of the means and components, of any file system, at most 16 MiB")
            Reference fitted,

            @OptionDoc(value = "a new string field with the file's name and version", otherwise = "none")
            String versionAs)
            implements FittedConfig {
        public Config {
            Options.fields(fields);
            if (fields.size() > MAX_FIELDS) {
                throw new IllegalArgumentException(
                        "fields: expected 1 to " + MAX_FIELDS + " fields; found " + fields.size());
            }
            if (components == null) {
                throw new IllegalArgumentException("components is missing; give how many coordinates to add");
            }
            Options.within("components", components, 1, 1, fields.size());
            Options.required("as", as);
            Options.fitted(fitted);
        }

        @Override
        public String verb() {
            return "pca";
        }

        @Override
        public FittedConfig withFitted(Reference file) {
            return new Config(fields, components, as, file, versionAs);
        }

        @Override
        public List<String> learned() {
            return fields;
        }

        @Override
        public Step plan(Planning planning) {
            Columns columns = Columns.read(fields, planning);
            boolean nullable = fields.stream()
                    .map(planning.input()::getField)
                    .anyMatch(field -> field != null && field.schema().isNullable());
            int target = planning.add("as", as, nullable ? FieldTypes.nullable(VECTOR) : VECTOR);
            Artifact.Loaded<Learned> loaded = Artifact.load(this, Learned.class, planning);
            Stamp stamp = Stamp.plan(versionAs, loaded, planning);
            if (columns == null || loaded == null) {
                return null;
            }
            int found = loaded.parameters().components.size();
            if (found != components) {
                planning.problem(
                        "fitted",
                        loaded.version() + " has " + found + " components, but the pipeline asks for " + components
                                + ": fit it again");
                return null;
            }
            return new Pca(columns, target, stamp, loaded.parameters().ordered(fields));
        }

        @Override
        public Fitting fitting(Planning planning) {
            Columns columns = Columns.read(fields, planning);
            return columns == null ? null : new PcaFitting(columns, fields, components);
        }
    }

    /** What was learned: the means and the weights in the order of the fields. */
    record Learned(List<String> fields, List<Double> means, List<Component> components) implements Parameters {
        Learned {
            if (means.size() != fields.size()
                    || components.stream().anyMatch(component -> component.weights.size() != fields.size())) {
                throw new IllegalArgumentException("expected as many means and weights as fields");
            }
            means.forEach(mean -> Parameters.finite("means", mean));
        }

        @Override
        public Collection<String> about() {
            return fields;
        }

        /** The same, with the fields in another order. */
        Learned ordered(List<String> order) {
            return new Learned(
                    order,
                    order.stream().map(name -> means.get(fields.indexOf(name))).toList(),
                    components.stream()
                            .map(component -> new Component(
                                    component.variance,
                                    component.share,
                                    order.stream()
                                            .map(name -> component.weights.get(fields.indexOf(name)))
                                            .toList()))
                            .toList());
        }
    }

    /**
     * One direction, of length 1.
     *
     * @param variance of the sample along it, divided by the rows less one
     * @param share of all the sample's variance, 0 to 1
     */
    record Component(double variance, double share, List<Double> weights) {
        Component {
            Parameters.finite("variance", variance);
            Parameters.finite("share", share);
            weights.forEach(weight -> Parameters.finite("weights", weight));
        }
    }

    private final Columns columns;
    private final int target;
    private final Stamp stamp;
    private final double[] means;
    private final double[][] weights;
    private final double[] centred;

    private Pca(Columns columns, int target, Stamp stamp, Learned learned) {
        this.columns = columns;
        this.target = target;
        this.stamp = stamp;
        this.means = doubles(learned.means);
        this.weights = learned.components.stream()
                .map(component -> doubles(component.weights))
                .toArray(double[][]::new);
        this.centred = new double[means.length];
    }

    private static double[] doubles(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String version() {
        return stamp.version();
    }

    @Override
    public Event apply(Event event) {
        Object[] values = event.widened(1 + stamp.added());
        values[target] = centre(event.values()) ? coordinates() : null;
        return event.withValues(stamp.on(values));
    }

    /** @return false where a field is null */
    private boolean centre(Object[] values) {
        for (int i = 0; i < means.length; i++) {
            if (columns.isNull(i, values)) {
                return false;
            }
            centred[i] = columns.read(i, values) - means[i];
        }
        return true;
    }

    private List<Double> coordinates() {
        Double[] coordinates = new Double[weights.length];
        for (int c = 0; c < coordinates.length; c++) {
            double sum = 0;
            for (int i = 0; i < centred.length; i++) {
                sum += centred[i] * weights[c][i];
            }
            coordinates[c] = sum;
        }
        return Arrays.asList(coordinates);
    }
}
