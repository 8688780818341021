package io.datamill.step.transform;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.List;

/** Covers the values of fields, wholly or in part. */
public final class Redact implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final String COVER = "***";

    /** Which fields, and what is covered. */
    @VerbDoc(
            purpose = "Covers strings: the whole value, every match of a pattern, or all but the last characters. Null"
                    + " stays null.",
            signature = "string → string; string? → string?",
            example = """
                    step: { redact: { fields: [card], keep-last: 4 } }
                    fields: { card: string?, user: string }
                    input:
                      - { card: "4111111111111111", user: ann }
                      - { card: "123", user: bob }
                      - { card: null, user: eve }
                    output:
                      - { card: "***1111", user: ann }
                      - { card: "***", user: bob }
                      - { card: null, user: eve }
                    """)
    public record Config(
            @OptionDoc("The fields, strings, each once.") List<String> fields,
            @OptionDoc(value = "What stands for what is covered, as it is.", otherwise = "***") String with,
            @OptionDoc(
                            value = "Covers what matches and leaves the rest: RE2 syntax, whose time grows only with the"
                                    + " text, so without look-around and back references.",
                            otherwise = "the whole value")
                    String pattern,
            @OptionDoc(
                            value = "Characters at the end that stay, 1 to 100; a value that has no more is covered"
                                    + " whole. Not together with pattern.",
                            otherwise = "none")
                    Integer keepLast)
            implements StepConfig {
        public Config {
            if (fields == null || fields.isEmpty()) {
                throw new IllegalArgumentException("fields is missing; give the fields to cover, such as [card]");
            }
            with = with == null ? COVER : with;
            if (pattern != null && keepLast != null) {
                throw new IllegalArgumentException("keep-last does not go together with pattern; give one of them");
            }
            if (keepLast != null && (keepLast < 1 || keepLast > 100)) {
                throw new IllegalArgumentException("keep-last is " + keepLast + ", expected 1 to 100");
            }
            checkPattern(pattern);
        }

        private static void checkPattern(String pattern) {
            try {
                if (pattern != null && Pattern.compile(pattern).matches("")) {
                    throw new IllegalArgumentException(
                            "pattern '" + pattern + "' matches the empty text, which is everywhere");
                }
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("pattern is no RE2 pattern: " + e.getMessage(), e);
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            int[] positions = StringFields.plan(planning, fields, "cast it to string or drop it");
            if (positions == null) {
                return null;
            }
            // It holds something else from here on: a key of the same name is not the record's.
            fields.forEach(name -> planning.replace(name, planning.input().getField(name).schema()));
            return new Redact(positions, this);
        }
    }

    private final int[] positions;
    private final String with;
    private final String pattern;
    private final int keepLast;
    private transient Matcher matcher;
    private transient String replacement;

    private Redact(int[] positions, Config config) {
        this.positions = positions;
        this.with = config.with();
        this.pattern = config.pattern();
        this.keepLast = config.keepLast() == null ? 0 : config.keepLast();
    }

    @Override
    public void open() {
        if (pattern != null) {
            matcher = Pattern.compile(pattern).matcher("");
            replacement = Matcher.quoteReplacement(with);
        }
    }

    @Override
    public Event apply(Event event) {
        Object[] values = event.widened(0);
        for (int position : positions) {
            if (values[position] != null) {
                values[position] = covered((String) values[position]);
            }
        }
        return event.withValues(values);
    }

    private String covered(String text) {
        if (matcher != null) {
            return matcher.reset(text).replaceAll(replacement);
        }
        if (keepLast == 0 || text.codePointCount(0, text.length()) <= keepLast) {
            return with;
        }
        return with + text.substring(text.offsetByCodePoints(text.length(), -keepLast));
    }
}
