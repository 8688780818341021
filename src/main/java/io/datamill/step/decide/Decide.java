package io.datamill.step.decide;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/**
 * Gives each event a verdict. It adds {@code verdict} (quarantine, label or pass), {@code label} (the label's text, else
 * null) and {@code rule} (the option whose expression was the first to be true, such as {@code labels.suspicious}; null
 * for pass).
 */
public final class Decide implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema NULLABLE = Schema.createUnion(Schema.create(Schema.Type.NULL), STRING);

    /**
     * The rules, asked in this order; each an expression that is true where it applies and never null.
     *
     * @param labels the expression of each label, by the label's text
     * @param label the expression of the label {@code label}
     */
    @VerbDoc(
            purpose =
                    "Gives each event a verdict by the first rule whose expression is true: quarantine, then the labels"
                            + " in their order, then label; pass where none is. Adds verdict, label (the label's text, else null)"
                            + " and rule (the option that chose, such as labels.odd, else null).",
            signature = "boolean expressions → string, string?, string?",
            errors = "EXPRESSION: an expression has no value, as of a division by zero.",
            example = """
                    step: { decide: { quarantine: "score < 0.2", labels: { odd: "score < 0.5" } } }
                    fields: { score: double }
                    input: [ { score: 0.1 }, { score: 0.4 }, { score: 0.9 } ]
                    output:
                      - { score: 0.1, verdict: quarantine, label: null, rule: quarantine }
                      - { score: 0.4, verdict: label, label: odd, rule: labels.odd }
                      - { score: 0.9, verdict: pass, label: null, rule: null }
                    """)
    public record Config(
            @OptionDoc(value = "Holds the event back where it is true.", otherwise = "none")
            String quarantine,

            @OptionDoc(value = "The expression of each label, by the label's text.", otherwise = "none")
            Map<String, String> labels,

            @OptionDoc(
                    value = "The expression of the label with the text label. One of the three is needed.",
                    otherwise = "none")
            String label)
            implements StepConfig {
        public Config {
            labels = labels == null ? Map.of() : labels;
            if (quarantine == null && labels.isEmpty() && label == null) {
                throw new IllegalArgumentException("expected at least one of quarantine, labels and label");
            }
        }

        @Override
        public Stage stage() {
            return Stage.DECIDE;
        }

        @Override
        public Step plan(Planning planning) {
            List<Rule> rules = new ArrayList<>();
            addRule(rules, planning, "quarantine", quarantine, "quarantine", null);
            labels.forEach((text, source) -> addRule(rules, planning, "labels." + text, source, "label", text));
            addRule(rules, planning, "label", label, "label", "label");
            List<String> taken = Stream.of("verdict", "label", "rule")
                    .filter(name -> planning.input().getField(name) != null)
                    .toList();
            if (!taken.isEmpty()) {
                planning.problem("", "adds verdict, label and rule; already there: " + String.join(", ", taken));
                return null;
            }
            planning.add("", "verdict", STRING);
            planning.add("", "label", NULLABLE);
            planning.add("", "rule", NULLABLE);
            return new Decide(rules);
        }

        private static void addRule(
                List<Rule> rules, Planning planning, String option, String source, String verdict, String label) {
            if (source == null) {
                return;
            }
            try {
                Expression when = Expression.check(source, planning.input(), Schema.create(Schema.Type.BOOLEAN));
                rules.add(new Rule(option, when, verdict, label));
            } catch (InvalidExpressionException e) {
                e.issues().forEach(issue -> planning.problem(option, issue));
            }
        }
    }

    /** What applies where its expression is true. */
    private record Rule(String name, Expression when, String verdict, String label) implements Serializable {}

    private final List<Rule> rules;
    private transient Evaluator[] evaluators;

    private Decide(List<Rule> rules) {
        this.rules = rules;
    }

    @Override
    public void open() {
        evaluators = rules.stream().map(rule -> rule.when().open()).toArray(Evaluator[]::new);
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        for (int i = 0; i < evaluators.length; i++) {
            if ((Boolean) evaluators[i].evaluate(event.values())) {
                Rule rule = rules.get(i);
                return decided(event, rule.verdict(), rule.label(), rule.name());
            }
        }
        return decided(event, "pass", null, null);
    }

    private static Event decided(Event event, String verdict, String label, String rule) {
        int width = event.values().length;
        Object[] values = event.widened(3);
        values[width] = verdict;
        values[width + 1] = label;
        values[width + 2] = rule;
        return event.withValues(values);
    }
}
