package io.datamill.step.fitted;

import io.datamill.config.OptionDoc;
import io.datamill.config.Reference;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.Versioned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Makes numbers of categories. */
public final class Encode implements StatelessStep, Versioned {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CATEGORIES = 10_000;

    /** How a category becomes a number. */
    public enum Kind {
        /** A vector with a place for each category: 1 in the value's, else 0. */
        ONE_HOT,
        /** The category's place in their order, from 0. */
        ORDINAL,
        /** A vector with a place for each bucket: 1 in that of the value's hash, else 0. */
        HASHING,
        /** The share of the sample's values that are this one, 0 to 1. */
        FREQUENCY
    }

    /** What is made of a value that is no category. */
    public enum Unknown {
        ZEROS,
        OTHER,
        REJECT
    }

    /** The options, of which {@code fields} is required, and {@code fitted} unless all kinds are hashing. */
    @VerbDoc(
            purpose =
                    "Makes numbers of categories. one-hot: a vector with 1 in the place of the value, else 0; ordinal:"
                            + " the place of the value, from 0; frequency: the value's share of the sample, 0 to 1; hashing: a"
                            + " vector with 1 in the place that is the value's hash (MurmurHash3, 32 bits, of its UTF-8 bytes)"
                            + " modulo buckets. The categories are those of a sample that `datamill fit` has seen, the most"
                            + " frequent max-categories, in order: numbers by size, texts by their UTF-16 units. hashing needs"
                            + " no sample.",
            signature = "string, enum, boolean, int or long, nullable → one-hot, hashing: array<double>; ordinal: int;"
                    + " frequency: double; nullable where the field is",
            errors = "UNKNOWN_CATEGORY with `unknown: reject`. Null stays null.",
            example = """
                    step: { encode: { fields: { colour: one-hot }, unknown: other, fitted: "${env:EXAMPLE_DIR}/c.json" } }
                    files:
                      c.json: |
                        {"format": 1, "verb": "encode", "version": "b25582e42c1c",
                         "fitted_on": {"rows": 4, "source": "sample.csv", "sha256": ""}, "schema": {"colour": "string"},
                         "parameters": {"fields": {"colour":
                          {"values": 4, "categories": ["blue", "red"], "counts": [1, 3]}}}}
                    fields: { colour: string }
                    input: [ { colour: red }, { colour: mauve } ]
                    output: [ { colour: [0.0, 1.0, 0.0] }, { colour: [0.0, 0.0, 1.0] } ]
                    """)
    public record Config(
            @OptionDoc("how each field is encoded: one-hot, ordinal, hashing or frequency, by field, 1 to 1,000 fields")
            Map<String, Kind> fields,

            @OptionDoc(
                    value = "the file of the categories, of any file system, at most 16 MiB",
                    otherwise = "none, where all are hashing")
            Reference fitted,

            @OptionDoc(
                    value = "what is made of a value that is no category. zeros: a vector of zeros, -1 for"
                            + " ordinal, 0 for frequency; other: one more place behind all categories, the number"
                            + " of categories for ordinal, the share of all that are none for frequency; reject",
                    otherwise = "zeros")
            Unknown unknown,

            @OptionDoc(value = "the places of hashing, 2 to 4,096", otherwise = "16")
            Integer buckets,

            @OptionDoc(
                    value = "the most categories of a field that `datamill fit` takes, 1 to 10,000",
                    otherwise = "100")
            Integer maxCategories,

            @OptionDoc(value = "new fields for the results, by field: { colour: colour_code }", otherwise = "in place")
            Map<String, String> into,

            @OptionDoc(value = "a new string field with the file's name and version", otherwise = "none")
            String versionAs)
            implements FittedConfig {
        public Config {
            fields = fields == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
            Options.fields(fields.keySet());
            boolean hashing = fields.values().stream().allMatch(Kind.HASHING::equals);
            if (!hashing) {
                Options.fitted(fitted);
            } else if (fitted != null || versionAs != null) {
                throw new IllegalArgumentException("fitted: hashing learns nothing; leave fitted and version-as out");
            }
            unknown = unknown == null ? Unknown.ZEROS : unknown;
            buckets = Options.within("buckets", buckets, 16, 2, Buckets.MAX);
            maxCategories = Options.within("max-categories", maxCategories, 100, 1, MOST_CATEGORIES);
            into = Options.into(into, fields.keySet());
        }

        @Override
        public String verb() {
            return "encode";
        }

        @Override
        public FittedConfig withFitted(Reference file) {
            return new Config(fields, file, unknown, buckets, maxCategories, into, versionAs);
        }

        @Override
        public List<String> learned() {
            return fields.keySet().stream()
                    .filter(name -> fields.get(name) != Kind.HASHING)
                    .toList();
        }

        @Override
        public Step plan(Planning planning) {
            Artifact.Loaded<Learned> loaded = fitted == null
                    ? new Artifact.Loaded<>(null, new Learned(Map.of()))
                    : Artifact.load(this, Learned.class, planning);
            List<Encoding> encodings = new ArrayList<>();
            fields.forEach((name, kind) -> {
                Schema.Field field = category(name, planning);
                if (field != null) {
                    Schema type = Encoding.type(kind);
                    Schema result = field.schema().isNullable() ? FieldTypes.nullable(type) : type;
                    int target = Options.target(name, into, result, planning);
                    if (loaded != null) {
                        encodings.add(Encoding.of(
                                this, field, target, loaded.parameters().fields.get(name)));
                    }
                }
            });
            Stamp stamp = Stamp.plan(versionAs, loaded, planning);
            return encodings.size() < fields.size() ? null : new Encode(encodings, stamp, into.size());
        }

        @Override
        public Fitting fitting(Planning planning) {
            List<Schema.Field> read = new ArrayList<>();
            learned().forEach(name -> read.add(category(name, planning)));
            return read.contains(null) ? null : new EncodeFitting(read, maxCategories);
        }

        private static Schema.Field category(String name, Planning planning) {
            Schema.Field field = planning.field("fields." + name, name);
            if (field != null && !isCategory(FieldTypes.withoutNull(field.schema()))) {
                planning.problem(
                        "fields." + name,
                        "field '" + name + "' is " + FieldTypes.describe(field.schema())
                                + ", expected string, enum, boolean, int or long");
                return null;
            }
            return field;
        }
    }

    static boolean isCategory(Schema type) {
        return type.getLogicalType() == null
                && switch (type.getType()) {
                    case STRING, ENUM, BOOLEAN, INT, LONG -> true;
                    default -> false;
                };
    }

    /** What was learned of each field. */
    record Learned(Map<String, Categories> fields) implements Parameters {
        @Override
        public Collection<String> about() {
            return fields.keySet();
        }
    }

    /**
     * The categories of a field, in their order.
     *
     * @param values of the sample that were not null
     * @param counts how many of them were of each category
     */
    record Categories(long values, List<String> categories, List<Long> counts) {
        Categories {
            if (categories.isEmpty() || categories.size() != counts.size()) {
                throw new IllegalArgumentException("categories: expected at least one, and a count for each");
            }
            if (counts.stream().mapToLong(Long::longValue).sum() > values) {
                throw new IllegalArgumentException("values: fewer than the counts together");
            }
        }

        double share(int category) {
            return (double) counts.get(category) / values;
        }

        /** Of the values that are of no category. */
        double otherShare() {
            long known = counts.stream().mapToLong(Long::longValue).sum();
            return (double) (values - known) / values;
        }
    }

    private final List<Encoding> encodings;
    private final Stamp stamp;
    private final int added;

    private Encode(List<Encoding> encodings, Stamp stamp, int added) {
        this.encodings = encodings;
        this.stamp = stamp;
        this.added = added + stamp.added();
    }

    @Override
    public String version() {
        return stamp.version();
    }

    @Override
    public void open() {
        encodings.forEach(Encoding::open);
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        Object[] values = event.widened(added);
        for (int i = 0; i < encodings.size(); i++) {
            encodings.get(i).encode(event.values(), values);
        }
        return event.withValues(stamp.on(values));
    }
}
