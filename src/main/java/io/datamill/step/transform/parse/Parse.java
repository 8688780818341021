package io.datamill.step.transform.parse;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.step.Excerpt;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.transform.Conversion;
import java.util.List;
import org.apache.avro.Schema;

/** Reads a text as what it stands for. */
public final class Parse implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** What becomes of a text that is not of the kind. */
    public enum OnFailure {
        REJECT,
        NULL
    }

    /** The field, the kind, and the options of the kind. */
    @VerbDoc(
            purpose = "Reads a string as what it stands for; spaces around it do not count. Kinds: timestamp, date,"
                    + " number (of a locale), boolean, url (scheme, host, port, path, query, fragment, parameters),"
                    + " query (the parameters of a URL alone), email (name, address, local_part, tag, domain), address"
                    + " (street, city, state, zip_code of a US postal address line), duration (PT1H30M, 1h30m, 90s,"
                    + " 01:30:00; to a long of milliseconds) and bytes (10 MB, 1.5GiB; to a long).",
            signature = "string → timestamp, date, double or decimal, boolean, long, a record or map<string>; string? →"
                    + " the same, nullable",
            errors = "PARSE_FAILED: the text is not of the kind, or longer than 256 characters (email and address 512,"
                    + " url and query 8192). With on-failure \"null\", null instead. A null stays null.",
            example = """
                    step: { parse: { field: at, as: timestamp, formats: ["dd/MMM/uuuu:HH:mm:ss Z", epoch-millis] } }
                    fields: { at: string?, page: string }
                    input:
                      - { at: "10/Oct/2000:13:55:36 -0700", page: a }
                      - { at: "971211336000", page: b }
                      - { at: null, page: c }
                    output:
                      - { at: 2000-10-10T20:55:36Z, page: a }
                      - { at: 2000-10-10T20:55:36Z, page: b }
                      - { at: null, page: c }
                    """)
    public record Config(
            @OptionDoc("A string.") String field,

            @OptionDoc("The kind: timestamp, date, number, boolean, url, query, email, address, duration or bytes.")
            Kind as,

            @OptionDoc(
                    value = "A new field for the result; of url, query, email and address it is required.",
                    otherwise = "the field's own name, whose text is replaced")
            String into,

            @OptionDoc(
                    value = "reject, or \"null\" (in quotes) for null in place of what cannot be read.",
                    otherwise = "reject; of address \"null\"")
            OnFailure onFailure,

            @OptionDoc(
                    value = "Of timestamp and date: the formats, tried in this order. iso (2026-01-31T12:00:00Z;"
                            + " of a date 2026-01-31), epoch-seconds and epoch-millis (of a timestamp), or"
                            + " letters as in java.time.format.DateTimeFormatter, strictly resolved, upper and"
                            + " lower case alike. A time of day that is not there is midnight.",
                    otherwise = "[iso]")
            List<String> formats,

            @OptionDoc(
                    value = "Of timestamp: the zone of texts that name none, such as Europe/Berlin or +02:00."
                            + " Required where a format of your own has none. Of a time that the zone has twice"
                            + " the first is meant; one that it leaves out is refused.",
                    otherwise = "none")
            String zone,

            @OptionDoc(
                    value = "Of timestamp and date: the language of names, such as fr. Of number: where its"
                            + " signs come from, such as de for 1.234,56; groups have to be whole.",
                    otherwise = "en")
            String locale,

            @OptionDoc(value = "Of number: int, long, double or decimal(10,2).", otherwise = "double")
            String to,

            @OptionDoc(value = "Of number: the text ends with a percent sign, and 12.5% is 0.125.", otherwise = "false")
            Boolean percent,

            @OptionDoc(value = "Of boolean: what is true; upper and lower case alike.", otherwise = "[\"true\"]")
            List<String> trueValues,

            @OptionDoc(value = "Of boolean: what is false.", otherwise = "[\"false\"]")
            List<String> falseValues,

            @OptionDoc(
                    value = "Of query: the parameters to keep, each a string or null; names of letters, digits"
                            + " and _.",
                    otherwise = "all, as a map")
            List<String> which,

            @OptionDoc(
                    value = "Of url and query: a URL of more parameters cannot be read, 0 to 1000.",
                    otherwise = "100")
            Integer maxParameters)
            implements StepConfig {
        public Config {
            if (field == null) {
                throw new IllegalArgumentException("field is missing; give the string to read");
            }
            if (as == null) {
                throw new IllegalArgumentException("as is missing; give what the text stands for, such as timestamp");
            }
            if (into == null && as.isCompound()) {
                throw new IllegalArgumentException(
                        "into is missing; " + as.text() + " gives several values, which need a new field");
            }
            only(as, "formats", formats);
            only(as, "zone", zone);
            only(as, "locale", locale);
            only(as, "to", to);
            only(as, "percent", percent);
            only(as, "true-values", trueValues);
            only(as, "false-values", falseValues);
            only(as, "which", which);
            only(as, "max-parameters", maxParameters);
            onFailure = onFailure == null ? (as == Kind.ADDRESS ? OnFailure.NULL : OnFailure.REJECT) : onFailure;
            maxParameters = maxParameters == null ? QueryText.MAX_PARAMETERS : maxParameters;
            if (maxParameters < 0 || maxParameters > QueryText.HIGHEST_MAX) {
                throw new IllegalArgumentException(
                        "max-parameters is " + maxParameters + ", expected 0 to " + QueryText.HIGHEST_MAX);
            }
        }

        private static void only(Kind as, String option, Object value) {
            if (value != null && !as.options().contains(option)) {
                throw new IllegalArgumentException(option + " is no option of " + as.text()
                        + (as.options().isEmpty()
                                ? ", which has none"
                                : "; there is " + String.join(", ", new java.util.TreeSet<>(as.options()))));
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            TextParser parser = parser(planning);
            Schema.Field read = planning.field("field", field);
            if (read != null && !FieldTypes.isString(read.schema())) {
                planning.problem(
                        "field",
                        "field '" + field + "' is " + FieldTypes.describe(read.schema()) + ", expected a string");
                return null;
            }
            if (parser == null || read == null) {
                return null;
            }
            boolean nullable = read.schema().isNullable() || onFailure == OnFailure.NULL;
            Schema type = nullable ? FieldTypes.nullable(parser.type()) : parser.type();
            int target = into == null || into.equals(field)
                    ? planning.replace(field, type)
                    : planning.add("into", into, type);
            return target < 0 ? null : new Parse(read.pos(), target, parser, this);
        }

        private TextParser parser(Planning planning) {
            return switch (as) {
                case TIMESTAMP -> TimestampText.plan(this, planning);
                case DATE -> DateText.plan(this, planning);
                case NUMBER -> LocalNumber.plan(this, planning);
                case BOOLEAN -> BooleanText.plan(this, planning);
                case URL -> new UrlText(maxParameters);
                case QUERY -> QueryText.plan(this, planning);
                case EMAIL -> new EmailText();
                case ADDRESS -> new AddressLine();
                case DURATION -> new DurationText();
                case BYTES -> new ByteSize();
            };
        }
    }

    private final int field;
    private final int target;
    private final TextParser parser;
    private final String name;
    private final Kind kind;
    private final boolean lenient;
    private transient Conversion conversion;

    private Parse(int field, int target, TextParser parser, Config config) {
        this.field = field;
        this.target = target;
        this.parser = parser;
        this.name = config.field();
        this.kind = config.as();
        this.lenient = config.onFailure() == OnFailure.NULL;
    }

    @Override
    public void open() {
        conversion = parser.open();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        String text = (String) event.values()[field];
        Object[] values = event.widened(target < event.values().length ? 0 : 1);
        values[target] = text == null ? null : parsed(text);
        return event.withValues(values);
    }

    private Object parsed(String text) throws RejectedEventException {
        Object value = text.length() > kind.longest() ? Conversion.FAILED : conversion.apply(text.strip());
        if (value != Conversion.FAILED) {
            return value;
        }
        if (lenient) {
            return null;
        }
        throw new RejectedEventException(
                "PARSE_FAILED",
                "field '" + name + "': read " + Excerpt.of(text) + ", expected " + kind.text()
                        + (kind == Kind.URL
                                ? " with its scheme, such as https://a.example/b; as: query reads /b?c=d"
                                : ""));
    }
}
