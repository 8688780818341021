package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.schema.Fields;
import io.datamill.step.FieldTypes;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.adapter.line.GrokPattern;
import io.datamill.step.adapter.line.LineMatcher;
import io.datamill.step.adapter.line.LinePattern;
import java.util.Map;
import org.apache.avro.Schema;

/** Takes fields out of a text by a grok pattern: the verb {@code grok}, as the adapter of that name. */
public final class GrokField implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** The text and its pattern. */
    @VerbDoc(
            purpose = "Reads a string field by a grok pattern, which has to fit the whole of it, and adds what it captures as"
                    + " fields. The patterns are those of the adapter grok.",
            signature = "string? → new fields, each of %{NAME:field}",
            errors = "NO_MATCH (also for null), TEXT_TOO_LONG, MATCH_TIMEOUT, MATCH_TOO_DEEP, WRONG_TYPE, OUT_OF_RANGE and"
                    + " MISSING_FIELD reject the event.",
            example = """
                    step:
                      grok:
                        field: message
                        pattern: "%{LOGLEVEL:level} %{WORD:job} took %{NUMBER:ms}ms"
                        fields: { level: string, job: string, ms: long }
                    fields: { message: string }
                    input: { message: WARN backup took 1500ms }
                    output: { message: WARN backup took 1500ms, level: WARN, job: backup, ms: 1500 }
                    """)
    public record Config(
            @OptionDoc("The string field to read.") String field,
            @OptionDoc("The pattern: a regular expression with %{NAME}, %{NAME:field} or %{NAME:field:type} in it.")
                    String pattern,
            @OptionDoc(value = "Definitions of one's own, as { NAME: expression }, which may name others.", otherwise = "none")
                    Map<String, String> patterns,
            @OptionDoc(
                            value = "The fields to add and their types, as { name: type }; what else is captured is left out."
                                    + " timestamp[dd/MMM/yyyy:HH:mm:ss Z] and date[...] have their format in brackets.",
                            otherwise = "all that is captured, as string? or the type written behind it")
                    Fields fields,
            @OptionDoc(
                            value = "What becomes of a text that does not fit, and of null: reject, or nulls, where all"
                                    + " fields to add are null.",
                            otherwise = "reject")
                    LinePattern.OnMismatch onMismatch,
            @OptionDoc(value = "The text that stands for null, such as \"-\".", otherwise = "none") String nullMarker,
            @OptionDoc(value = "Characters of the longest text, 1 to 1048576.", otherwise = "8192") Integer maxText)
            implements StepConfig {
        private static final int MOST = 1 << 20;

        public Config {
            if (field == null || field.isBlank()) {
                throw new IllegalArgumentException("field is missing; give the string field to read");
            }
            GrokPattern.requireValid(pattern, patterns);
            onMismatch = onMismatch == null ? LinePattern.OnMismatch.REJECT : onMismatch;
            maxText = maxText == null ? 8 << 10 : maxText;
            if (maxText < 1 || maxText > MOST) {
                throw new IllegalArgumentException("max-text is " + maxText + ", expected 1 to " + MOST + " characters");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            Schema.Field from = planning.field("field", field);
            if (from != null && !FieldTypes.isString(from.schema())) {
                planning.problem(
                        "field",
                        "field '" + field + "' is " + FieldTypes.describe(from.schema()) + ", expected a string");
            }
            LinePattern planned =
                    new GrokPattern(pattern, patterns).plan(fields, onMismatch, nullMarker, planning::problem);
            if (planned == null || from == null) {
                return null;
            }
            planned.schema().getFields().forEach(added ->
                    planning.add("fields." + added.name(), added.name(), added.schema()));
            return new GrokField(from.pos(), planned, onMismatch == LinePattern.OnMismatch.NULLS, maxText);
        }
    }

    private final int from;
    private final LinePattern pattern;
    private final boolean nulls;
    private final int longest;
    private transient LineMatcher matcher;

    private GrokField(int from, LinePattern pattern, boolean nulls, int longest) {
        this.from = from;
        this.pattern = pattern;
        this.nulls = nulls;
        this.longest = longest;
    }

    @Override
    public void open() {
        matcher = pattern.open();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        String text = (String) event.values()[from];
        Object[] values = event.widened(pattern.schema().getFields().size());
        if (text != null) {
            if (text.length() > longest) {
                throw new RejectedEventException(
                        "TEXT_TOO_LONG", "text of " + text.length() + " characters, expected at most " + longest);
            }
            matcher.read(text, values, event.values().length);
        } else if (!nulls) {
            throw new RejectedEventException("NO_MATCH", "the text is null, which does not fit the pattern");
        }
        return event.withValues(values);
    }
}
