package io.datamill.step.fitted;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/** Adds a text as a vector: how often each term is in it, weighted by how rare the term was in a sample. */
public final class TfIdf implements StatelessStep, Versioned {
    private static final long serialVersionUID = 1L;
    private static final Schema VECTOR = TypeText.parse("array<double>");
    private static final int MOST_CHARS = 1_000_000;

    /** The options, of which {@code field} and {@code as} are required, and one of {@code fitted} and {@code buckets}. */
    @VerbDoc(
            purpose =
                    "Adds a text as a vector of fixed length, brought to length 1 (l2): for each term of a vocabulary,"
                            + " how often it is in the text, times its idf, ln((1 + texts) / (1 + texts with the term)) + 1. The"
                            + " vocabulary and idf are of a sample that `datamill fit` has seen; terms that are not in it do not"
                            + " count. With buckets, the place of a term is its hash (MurmurHash3, 32 bits, of its UTF-8 bytes)"
                            + " modulo buckets, and idf is the buckets', or 1 without a file. Terms are runs of Unicode letters"
                            + " and digits, in lower case, of at most 64 characters. The order of the vocabulary is that of the"
                            + " terms' UTF-16 units.",
            signature = "string, nullable → array<double>, nullable where the field is",
            errors = "None. Null stays null; a text without a known term is a vector of zeros.",
            example = """
                    step: { tf-idf: { field: subject, as: words, fitted: "${env:EXAMPLE_DIR}/subject.json" } }
                    files:
                      subject.json: |
                        {"format": 1, "verb": "tf-idf", "version": "b14a3b10347f",
                         "fitted_on": {"rows": 3, "source": "sample.csv", "sha256": ""}, "schema": {"subject": "string"},
                         "parameters": {"field": "subject", "documents": 3, "min_length": 2, "max_chars": 10000,
                          "terms": ["invoice", "meeting"], "idf": [3.0, 4.0]}}
                    fields: { subject: string }
                    input: { subject: "Meeting: the invoice" }
                    output: { subject: "Meeting: the invoice", words: [0.6, 0.8] }
                    """)
    public record Config(
            @OptionDoc("the string field to read") String field,
            @OptionDoc("the field to add") String as,

            @OptionDoc(
                    value = "the file of the vocabulary or the buckets' idf, of any file system, at most 16 MiB",
                    otherwise = "none: buckets is given and idf is 1")
            Reference fitted,

            @OptionDoc(value = "hash terms into so many places, 2 to 4,096", otherwise = "none: by the vocabulary")
            Integer buckets,

            @OptionDoc(
                    value = "the most terms `datamill fit` takes, 1 to 4,096: those in most texts, of equals the"
                            + " first by order",
                    otherwise = "1000")
            Integer maxTerms,

            @OptionDoc(value = "the fewest texts of the sample a term must be in to be taken", otherwise = "1")
            Integer minDf,

            @OptionDoc(value = "the shortest term, in characters, 1 to 64", otherwise = "2")
            Integer minLength,

            @OptionDoc(value = "how many characters of a text are read, 1 to 1,000,000", otherwise = "10000")
            Integer maxChars,

            @OptionDoc(value = "a new string field with the file's name and version", otherwise = "none")
            String versionAs)
            implements FittedConfig {
        public Config {
            Options.required("field", field);
            Options.required("as", as);
            if (fitted == null && buckets == null) {
                Options.fitted(null);
            }
            if (buckets != null) {
                Options.within("buckets", buckets, 2, 2, Buckets.MAX);
            }
            if (fitted == null && versionAs != null) {
                throw new IllegalArgumentException("version-as: without fitted there is no file that has a version");
            }
            maxTerms = Options.within("max-terms", maxTerms, 1_000, 1, Buckets.MAX);
            minDf = Options.within("min-df", minDf, 1, 1, Integer.MAX_VALUE);
            minLength = Options.within("min-length", minLength, 2, 1, Terms.LONGEST);
            maxChars = Options.within("max-chars", maxChars, 10_000, 1, MOST_CHARS);
        }

        @Override
        public String verb() {
            return "tf-idf";
        }

        @Override
        public FittedConfig withFitted(Reference file) {
            return new Config(field, as, file, buckets, maxTerms, minDf, minLength, maxChars, versionAs);
        }

        @Override
        public List<String> learned() {
            return List.of(field);
        }

        @Override
        public Step plan(Planning planning) {
            Schema.Field text = text(planning);
            boolean nullable = text != null && text.schema().isNullable();
            int target = planning.add("as", as, nullable ? FieldTypes.nullable(VECTOR) : VECTOR);
            Artifact.Loaded<Learned> loaded =
                    fitted == null ? new Artifact.Loaded<>(null, null) : Artifact.load(this, Learned.class, planning);
            Stamp stamp = Stamp.plan(versionAs, loaded, planning);
            if (loaded == null || text == null) {
                return null;
            }
            Learned learned = loaded.parameters() == null ? Learned.unweighted(this) : loaded.parameters();
            if (!learned.isFor(this)) {
                planning.problem("fitted", loaded.version() + " was fitted with other options: fit it again");
                return null;
            }
            return new TfIdf(text.pos(), target, stamp, learned);
        }

        @Override
        public Fitting fitting(Planning planning) {
            Schema.Field text = text(planning);
            return text == null ? null : new TfIdfFitting(text.pos(), this);
        }

        private Schema.Field text(Planning planning) {
            Schema.Field found = planning.field("field", field);
            if (found != null && !FieldTypes.isString(found.schema())) {
                planning.problem(
                        "field",
                        "field '" + field + "' is " + FieldTypes.describe(found.schema()) + ", expected string");
                return null;
            }
            return found;
        }
    }

    /**
     * What was learned.
     *
     * @param terms the vocabulary; empty where terms are hashed
     * @param idf of each term, or of each bucket
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Learned(String field, long documents, int minLength, int maxChars, List<String> terms, List<Double> idf)
            implements Parameters {
        Learned {
            if (!terms.isEmpty() && terms.size() != idf.size()) {
                throw new IllegalArgumentException("idf: expected one for each term");
            }
            if (idf.isEmpty() || !idf.stream().allMatch(one -> Parameters.finite("idf", one) > 0)) {
                throw new IllegalArgumentException("idf: expected numbers above 0");
            }
        }

        static Learned unweighted(Config config) {
            List<Double> ones = Collections.nCopies(config.buckets, 1.0);
            return new Learned(config.field, 0, config.minLength, config.maxChars, List.of(), ones);
        }

        boolean isFor(Config config) {
            boolean hashed = config.buckets != null;
            return minLength == config.minLength
                    && maxChars == config.maxChars
                    && terms.isEmpty() == hashed
                    && (!hashed || idf.size() == config.buckets);
        }

        @Override
        public Collection<String> about() {
            return List.of(field);
        }
    }

    private final int position;
    private final int target;
    private final Stamp stamp;
    private final Terms terms;
    private final Map<String, Integer> vocabulary = new HashMap<>();
    private final double[] idf;
    /** Of the text being read; all 0 between texts. */
    private final int[] counts;
    /** The places that are not 0. */
    private final int[] touched;

    private final Double[] zeros;
    private int found;
    private transient Consumer<String> counting;

    private TfIdf(int position, int target, Stamp stamp, Learned learned) {
        this.position = position;
        this.target = target;
        this.stamp = stamp;
        this.terms = new Terms(learned.minLength, learned.maxChars);
        learned.terms.forEach(term -> vocabulary.put(term, vocabulary.size()));
        this.idf = learned.idf.stream().mapToDouble(Double::doubleValue).toArray();
        this.counts = new int[idf.length];
        this.touched = new int[idf.length];
        this.zeros = new Double[idf.length];
        Arrays.fill(zeros, 0.0);
    }

    @Override
    public String version() {
        return stamp.version();
    }

    @Override
    public void open() {
        counting = vocabulary.isEmpty() ? term -> count(Buckets.of(term, counts.length)) : this::known;
    }

    private void known(String term) {
        Integer place = vocabulary.get(term);
        if (place != null) {
            count(place);
        }
    }

    private void count(int place) {
        if (counts[place]++ == 0) {
            touched[found++] = place;
        }
    }

    @Override
    public Event apply(Event event) {
        Object[] values = event.widened(1 + stamp.added());
        String text = (String) event.values()[position];
        values[target] = text == null ? null : vector(text);
        return event.withValues(stamp.on(values));
    }

    private List<Double> vector(String text) {
        found = 0;
        terms.of(text, counting);
        double squares = 0;
        for (int i = 0; i < found; i++) {
            double weight = counts[touched[i]] * idf[touched[i]];
            squares += weight * weight;
        }
        double length = Math.sqrt(squares);
        Double[] vector = zeros.clone();
        for (int i = 0; i < found; i++) {
            int place = touched[i];
            vector[place] = counts[place] * idf[place] / length;
            counts[place] = 0;
        }
        return Arrays.asList(vector);
    }
}
