package io.datamill.step.fitted;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.Versioned;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings numbers to mean 0 and standard deviation 1, by the mean and deviation of a sample. */
public final class StandardScale implements StatelessStep, Versioned, Columns.Mapping {
    private static final long serialVersionUID = 1L;

    /** The options, of which {@code fields} and {@code fitted} are required. */
    @VerbDoc(
            purpose = "Brings numbers to mean 0 and standard deviation 1: (x - mean) / deviation, by the mean and the"
                    + " population's standard deviation of a sample that `datamill fit` has seen. A field that was"
                    + " constant there is only centred.",
            signature = "int, long, float, double or decimal, nullable → double, nullable where the field is",
            errors = "None. Null stays null; NaN and infinity stay what they are. The sample's nulls, NaN and"
                    + " infinities are not counted.",
            example = """
                    step: { standard-scale: { fields: [amount], fitted: "${env:EXAMPLE_DIR}/scale.json" } }
                    files:
                      scale.json: |
                        {"format": 1, "verb": "standard-scale", "version": "48a865d0c402",
                         "fitted_on": {"rows": 4, "source": "sample.csv", "sha256": ""},
                         "schema": {"amount": "int?"},
                         "parameters": {"fields": {"amount": {"mean": 0.5, "deviation": 0.5}}}}
                    fields: { amount: "int?", name: string }
                    input: [ { amount: 2, name: a }, { amount: null, name: b } ]
                    output: [ { amount: 3.0, name: a }, { amount: null, name: b } ]
                    """)
    public record Config(
            @OptionDoc("the numeric fields to scale, 1 to 1,000")
            List<String> fields,

            @OptionDoc("the file of the means and deviations, of any file system, at most 16 MiB")
            Reference fitted,

            @OptionDoc(
                    value = "new fields for the results, by field: { amount: amount_scaled }",
                    otherwise = "in place")
            Map<String, String> into,

            @OptionDoc(value = "a new string field with the file's name and version", otherwise = "none")
            String versionAs)
            implements FittedConfig {
        public Config {
            Options.fields(fields);
            Options.fitted(fitted);
            into = Options.into(into, fields);
        }

        @Override
        public String verb() {
            return "standard-scale";
        }

        @Override
        public FittedConfig withFitted(Reference file) {
            return new Config(fields, file, into, versionAs);
        }

        @Override
        public List<String> learned() {
            return fields;
        }

        @Override
        public Step plan(Planning planning) {
            Columns columns = Columns.plan(fields, into, Options.DOUBLE, planning);
            Artifact.Loaded<Learned> loaded = Artifact.load(this, Learned.class, planning);
            Stamp stamp = Stamp.plan(versionAs, loaded, planning);
            return columns == null || loaded == null
                    ? null
                    : new StandardScale(columns, stamp, loaded.parameters(), fields);
        }

        @Override
        public Fitting fitting(Planning planning) {
            Columns columns = Columns.read(fields, planning);
            return columns == null ? null : new Learning(columns, fields);
        }
    }

    /** What was learned of each field. */
    record Learned(Map<String, Scale> fields) implements Parameters {
        @Override
        public Collection<String> about() {
            return fields.keySet();
        }
    }

    /** @param deviation 0 where the field was constant */
    record Scale(double mean, double deviation) {
        Scale {
            Parameters.finite("mean", mean);
            if (Parameters.finite("deviation", deviation) < 0) {
                throw new IllegalArgumentException("deviation: expected 0 or more; found " + deviation);
            }
        }
    }

    private final Columns columns;
    private final Stamp stamp;
    private final double[] means;
    private final double[] deviations;

    private StandardScale(Columns columns, Stamp stamp, Learned learned, List<String> fields) {
        this.columns = columns;
        this.stamp = stamp;
        this.means = fields.stream()
                .mapToDouble(field -> learned.fields.get(field).mean)
                .toArray();
        this.deviations = fields.stream()
                .mapToDouble(field -> learned.fields.get(field).deviation)
                .map(deviation -> deviation == 0 ? 1 : deviation)
                .toArray();
    }

    @Override
    public String version() {
        return stamp.version();
    }

    @Override
    public Event apply(Event event) {
        return event.withValues(stamp.on(columns.map(event, stamp.added(), this)));
    }

    @Override
    public Object map(int column, double value) {
        return (value - means[column]) / deviations[column];
    }

    private static final class Learning implements Fitting {
        private final Columns columns;
        private final List<String> fields;
        private final Moments[] moments;
        private long rows;

        Learning(Columns columns, List<String> fields) {
            this.columns = columns;
            this.fields = fields;
            this.moments = new Moments[fields.size()];
            Arrays.setAll(moments, i -> new Moments());
        }

        @Override
        public void add(Object[] values) {
            rows++;
            for (int i = 0; i < moments.length; i++) {
                double value = columns.read(i, values);
                if (Double.isFinite(value)) {
                    moments[i].add(value);
                }
            }
        }

        @Override
        public Object parameters() throws UnsuitableSampleException {
            Map<String, Scale> learned = new LinkedHashMap<>();
            for (int i = 0; i < moments.length; i++) {
                if (moments[i].count() == 0) {
                    throw UnsuitableSampleException.noValue(fields.get(i), rows);
                }
                if (!Double.isFinite(moments[i].deviation())) {
                    throw new UnsuitableSampleException("field '" + fields.get(i) + "' has numbers too large to scale");
                }
                learned.put(fields.get(i), new Scale(moments[i].mean(), moments[i].deviation()));
            }
            return new Learned(learned);
        }
    }
}
