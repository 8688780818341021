package io.datamill.step.fitted;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.Versioned;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Puts a sample's mean, median or mode where a field is null; the field is never null after it. */
public final class ImputeFitted implements StatelessStep, Versioned {
    private static final long serialVersionUID = 1L;

    /** Which value of the sample. */
    public enum Kind {
        @JsonProperty("mean")
        MEAN,
        @JsonProperty("median")
        MEDIAN,
        @JsonProperty("mode")
        MODE
    }

    /** The options, of which {@code fields} and {@code fitted} are required. */
    @VerbDoc(
            purpose =
                    "Puts a sample's mean, median or mode where a field is null; the field is never null after it. The"
                            + " median of an even number of values is the mean of the two in the middle; of several most"
                            + " frequent values the mode is the least. For int and long fields, mean and median are rounded to"
                            + " the nearest whole number, a half to the even one.",
            signature =
                    "mean, median: int, long, float or double, nullable → the same, not nullable; mode: string, enum,"
                            + " boolean, int or long, nullable → the same, not nullable",
            errors =
                    "None. NaN and infinity stay what they are. The sample's nulls, NaN and infinities are not counted.",
            example = """
                    step:
                      impute-fitted: { fields: { age: median, plan: mode }, fitted: "${env:EXAMPLE_DIR}/gaps.json" }
                    files:
                      gaps.json: |
                        {"format": 1, "verb": "impute-fitted", "version": "95fc2378aaa1",
                         "fitted_on": {"rows": 9, "source": "sample.csv", "sha256": ""},
                         "schema": {"age": "int?", "plan": "string?"},
                         "parameters": {"fields": {"age": {"kind": "median", "number": 33.0, "text": ""},
                          "plan": {"kind": "mode", "number": 0.0, "text": "basic"}}}}
                    fields: { age: "int?", plan: "string?" }
                    input: [ { age: null, plan: pro }, { age: 5, plan: null } ]
                    output: [ { age: 33, plan: pro }, { age: 5, plan: basic } ]
                    """)
    public record Config(
            @OptionDoc("mean, median or mode, by field, 1 to 1,000 fields")
            Map<String, Kind> fields,

            @OptionDoc("the file of the values, of any file system, at most 16 MiB")
            Reference fitted,

            @OptionDoc(value = "a new string field with the file's name and version", otherwise = "none")
            String versionAs)
            implements FittedConfig {
        public Config {
            fields = fields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            Options.fields(fields.keySet());
            Options.fitted(fitted);
        }

        @Override
        public String verb() {
            return "impute-fitted";
        }

        @Override
        public FittedConfig withFitted(Reference file) {
            return new Config(fields, file, versionAs);
        }

        @Override
        public List<String> learned() {
            return List.copyOf(fields.keySet());
        }

        @Override
        public Step plan(Planning planning) {
            Artifact.Loaded<Learned> loaded = Artifact.load(this, Learned.class, planning);
            List<Gap> gaps = new ArrayList<>();
            fields.forEach((name, kind) -> {
                Schema.Field field = checked(name, kind, planning);
                if (field != null && !field.schema().isNullable()) {
                    planning.problem("fields." + name, "field '" + name + "' is never null; leave it out");
                } else if (field != null) {
                    Schema type = FieldTypes.withoutNull(field.schema());
                    planning.replace(name, type);
                    Gap gap = loaded == null ? null : gap(field, type, loaded, planning);
                    if (gap != null) {
                        gaps.add(gap);
                    }
                }
            });
            Stamp stamp = Stamp.plan(versionAs, loaded, planning);
            return gaps.size() < fields.size() ? null : new ImputeFitted(gaps, stamp);
        }

        private Gap gap(Schema.Field field, Schema type, Artifact.Loaded<Learned> loaded, Planning planning) {
            Filling filling = loaded.parameters().fields.get(field.name());
            if (filling.kind() != fields.get(field.name())) {
                planning.problem(
                        "fitted",
                        loaded.version() + " has another kind of value for '" + field.name() + "': fit it again");
                return null;
            }
            try {
                filling.of(type);
                return new Gap(field.pos(), filling, type);
            } catch (IllegalArgumentException e) {
                planning.problem("fitted", loaded.version() + ": '" + field.name() + "': " + e.getMessage());
                return null;
            }
        }

        @Override
        public Fitting fitting(Planning planning) {
            List<Schema.Field> read = new ArrayList<>();
            fields.forEach((name, kind) -> read.add(checked(name, kind, planning)));
            return read.contains(null) ? null : new ImputeFitting(read, fields);
        }

        private static Schema.Field checked(String name, Kind kind, Planning planning) {
            Schema.Field field = planning.field("fields." + name, name);
            if (field == null) {
                return null;
            }
            Schema type = FieldTypes.withoutNull(field.schema());
            if (kind == Kind.MODE ? !Encode.isCategory(type) : !NumericField.isNumber(type)) {
                planning.problem(
                        "fields." + name,
                        "field '" + name + "' is " + FieldTypes.describe(field.schema()) + ", expected "
                                + (kind == Kind.MODE
                                        ? "string, enum, boolean, int or long"
                                        : "int, long, float or double"));
                return null;
            }
            return field;
        }
    }

    /** What was learned of each field. */
    record Learned(Map<String, Filling> fields) implements Parameters {
        @Override
        public Collection<String> about() {
            return fields.keySet();
        }
    }

    private record Gap(int position, Filling filling, Schema type) implements Serializable {}

    private final Gap[] gaps;
    private final Stamp stamp;
    private transient Object[] fillings;

    private ImputeFitted(List<Gap> gaps, Stamp stamp) {
        this.gaps = gaps.toArray(Gap[]::new);
        this.stamp = stamp;
    }

    @Override
    public String version() {
        return stamp.version();
    }

    @Override
    public void open() {
        fillings = new Object[gaps.length];
        for (int i = 0; i < gaps.length; i++) {
            fillings[i] = gaps[i].filling.of(gaps[i].type);
        }
    }

    @Override
    public Event apply(Event event) {
        Object[] values = event.widened(stamp.added());
        for (int i = 0; i < gaps.length; i++) {
            if (values[gaps[i].position] == null) {
                values[gaps[i].position] = fillings[i];
            }
        }
        return event.withValues(stamp.on(values));
    }
}
