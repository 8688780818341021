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

/** Brings numbers to a range, by the least and greatest of a sample. */
public final class MinMax implements StatelessStep, Versioned, Columns.Mapping {
    private static final long serialVersionUID = 1L;

    /** The options, of which {@code fields} and {@code fitted} are required. */
    @VerbDoc(
            purpose =
                    "Brings numbers to a range: low + (x - min) / (max - min) * (high - low), by the least and greatest"
                            + " number of a sample that `datamill fit` has seen. Of a field that was constant there, max - min"
                            + " counts as 1.",
            signature = "int, long, float, double or decimal, nullable → double, nullable where the field is",
            errors = "None. Null stays null; NaN stays NaN. The sample's nulls, NaN and infinities are not counted.",
            example = """
                    step: { min-max: { fields: [age], to: [0, 10], clip: true, fitted: "${env:EXAMPLE_DIR}/age.json" } }
                    files:
                      age.json: |
                        {"format": 1, "verb": "min-max", "version": "494220fc49ae",
                         "fitted_on": {"rows": 3, "source": "sample.csv", "sha256": ""},
                         "schema": {"age": "int"}, "parameters": {"fields": {"age": {"min": 20.0, "max": 60.0}}}}
                    fields: { age: int }
                    input: [ { age: 40 }, { age: 90 } ]
                    output: [ { age: 5.0 }, { age: 10.0 } ]
                    """)
    public record Config(
            @OptionDoc("the numeric fields to scale, 1 to 1,000")
            List<String> fields,

            @OptionDoc("the file of the least and greatest, of any file system, at most 16 MiB")
            Reference fitted,

            @OptionDoc(value = "the range: its low and high end", otherwise = "[0, 1]")
            List<Double> to,

            @OptionDoc(
                    value = "whether what lies outside the sample's range is brought to its ends",
                    otherwise = "false")
            Boolean clip,

            @OptionDoc(value = "new fields for the results, by field: { age: age_scaled }", otherwise = "in place")
            Map<String, String> into,

            @OptionDoc(value = "a new string field with the file's name and version", otherwise = "none")
            String versionAs)
            implements FittedConfig {
        public Config {
            Options.fields(fields);
            Options.fitted(fitted);
            to = to == null ? List.of(0.0, 1.0) : to;
            if (to.size() != 2 || !(to.get(0) < to.get(1)) || !Double.isFinite(to.get(1) - to.get(0))) {
                throw new IllegalArgumentException(
                        "to: expected the low and the high end, such as [0, 1]; found " + to);
            }
            clip = clip != null && clip;
            into = Options.into(into, fields);
        }

        @Override
        public String verb() {
            return "min-max";
        }

        @Override
        public FittedConfig withFitted(Reference file) {
            return new Config(fields, file, to, clip, into, versionAs);
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
            return columns == null || loaded == null ? null : new MinMax(columns, stamp, loaded.parameters(), this);
        }

        @Override
        public Fitting fitting(Planning planning) {
            Columns columns = Columns.read(fields, planning);
            return columns == null ? null : new Learning(columns, fields);
        }
    }

    /** What was learned of each field. */
    record Learned(Map<String, Extent> fields) implements Parameters {
        @Override
        public Collection<String> about() {
            return fields.keySet();
        }
    }

    /** The least and the greatest number. */
    record Extent(double min, double max) {
        Extent {
            if (!(min <= max) || !Double.isFinite(max - min)) {
                throw new IllegalArgumentException(
                        "min, max: expected finite numbers in this order; found " + min + " and " + max);
            }
        }

        double range() {
            return max > min ? max - min : 1;
        }
    }

    private final Columns columns;
    private final Stamp stamp;
    private final double[] mins;
    private final double[] ranges;
    private final double low;
    private final double high;
    private final boolean clip;

    private MinMax(Columns columns, Stamp stamp, Learned learned, Config config) {
        this.columns = columns;
        this.stamp = stamp;
        List<Extent> extents = config.fields.stream().map(learned.fields::get).toList();
        this.mins = extents.stream().mapToDouble(Extent::min).toArray();
        this.ranges = extents.stream().mapToDouble(Extent::range).toArray();
        this.low = config.to.get(0);
        this.high = config.to.get(1);
        this.clip = config.clip;
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
        double scaled = low + (value - mins[column]) / ranges[column] * (high - low);
        return clip ? Math.min(high, Math.max(low, scaled)) : scaled;
    }

    private static final class Learning implements Fitting {
        private final Columns columns;
        private final List<String> fields;
        private final double[] mins;
        private final double[] maxs;
        private long rows;

        Learning(Columns columns, List<String> fields) {
            this.columns = columns;
            this.fields = fields;
            this.mins = new double[fields.size()];
            this.maxs = new double[fields.size()];
            Arrays.fill(mins, Double.POSITIVE_INFINITY);
            Arrays.fill(maxs, Double.NEGATIVE_INFINITY);
        }

        @Override
        public void add(Object[] values) {
            rows++;
            for (int i = 0; i < mins.length; i++) {
                double value = columns.read(i, values);
                if (Double.isFinite(value)) {
                    mins[i] = Math.min(mins[i], value);
                    maxs[i] = Math.max(maxs[i], value);
                }
            }
        }

        @Override
        public Object parameters() throws UnsuitableSampleException {
            Map<String, Extent> learned = new LinkedHashMap<>();
            for (int i = 0; i < mins.length; i++) {
                if (mins[i] > maxs[i]) {
                    throw UnsuitableSampleException.noValue(fields.get(i), rows);
                }
                if (!Double.isFinite(maxs[i] - mins[i])) {
                    throw new UnsuitableSampleException("field '" + fields.get(i) + "' has numbers too large to scale");
                }
                learned.put(fields.get(i), new Extent(mins[i], maxs[i]));
            }
            return new Learned(learned);
        }
    }
}
