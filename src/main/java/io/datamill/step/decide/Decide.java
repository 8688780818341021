package io.datamill.step.decide;

import io.datamill.config.ListOrReference;
import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import io.datamill.step.SwappableStep;
import io.datamill.step.Versioned;
import io.datamill.step.artifact.InvalidArtifactException;
import io.datamill.step.artifact.Release;
import io.datamill.step.artifact.Serving;
import io.datamill.step.enrich.TenantLists;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/** Gives each event a verdict: by the tenant's lists, else by the first rule that is true. */
public final class Decide implements SwappableStep, Versioned {
    private static final long serialVersionUID = 1L;
    private static final Schema BOOLEAN = Schema.create(Schema.Type.BOOLEAN);
    private static final Schema STRING = Schema.create(Schema.Type.STRING);
    private static final Schema NULLABLE = Schema.createUnion(Schema.create(Schema.Type.NULL), STRING);

    /**
     * The lists, which are asked first, and the rules in their order, either as {@code rules} or in the short form; each
     * expression is true where it applies and never null.
     *
     * @param labels the expression of each label, by the label's text
     * @param label the expression of the label {@code label}
     */
    @VerbDoc(
            purpose =
                    "Gives each event a verdict: by the tenant's deny and allow lists, else by the first rule whose expression is"
                            + " true; pass where none is. The short form of rules is quarantine, then the labels in their"
                            + " order, then label. Adds verdict (quarantine, label or pass), label (the label's text, else"
                            + " null) and rule (what decided: the rule's name, an option such as labels.odd, deny-list,"
                            + " allow-list; else null). See docs/rules.md.",
            signature = "boolean expressions, lists → verdict: string, label: string?, rule: string?; with a rule set,"
                    + " rules: string; with a list, list_entry: string?; with monitor, monitored: boolean",
            errors = "EXPRESSION: an expression that was asked has no value, as of a division by zero. The job does not"
                    + " start where a list is missing or a line of it is no entry.",
            example = """
                    step:
                      decide:
                        deny: { file: "${env:EXAMPLE_DIR}/deny.csv", fields: [from] }
                        rules:
                          - { name: partner, when: "from.endsWith('.example.org')", verdict: pass }
                          - { name: low-score, when: "score < 0.2", verdict: quarantine }
                          - { name: odd, when: "score < 0.5", verdict: label, label: suspicious }
                        monitor: "rule == 'low-score'"
                    fields: { from: string, score: double }
                    files:
                      deny.csv: "*,.bad.example.org"
                    input:
                      - { from: a.bad.example.org, score: 0.9 }
                      - { from: a.example.org, score: 0.1 }
                      - { from: example.com, score: 0.1 }
                      - { from: example.com, score: 0.4 }
                    output:
                      - { from: a.bad.example.org, score: 0.9, verdict: quarantine, label: null, rule: deny-list, list_entry: .bad.example.org, monitored: false }
                      - { from: a.example.org, score: 0.1, verdict: pass, label: null, rule: partner, list_entry: null, monitored: false }
                      - { from: example.com, score: 0.1, verdict: quarantine, label: null, rule: low-score, list_entry: null, monitored: true }
                      - { from: example.com, score: 0.4, verdict: label, label: suspicious, rule: odd, list_entry: null, monitored: false }
                    """)
    public record Config(
            @OptionDoc(value = "Holds the event back where it is true.", otherwise = "none")
            String quarantine,

            @OptionDoc(value = "The expression of each label, by the label's text.", otherwise = "none")
            Map<String, String> labels,

            @OptionDoc(value = "The expression of the label with the text label.", otherwise = "none")
            String label,

            @OptionDoc(
                    value = "The rules in the order they are asked, up to 1,000; or the directory of a rule set, with"
                            + " its file rules.yaml, which is read while the pipeline is planned, or one of its versions"
                            + " with a pointer, current.json, which the running job follows. Instead of the three"
                            + " above.",
                    otherwise = "none; then one of those above or below is required")
            ListOrReference<Rule> rules,

            @OptionDoc(
                    value = "What is on it passes, whatever the rules say. What a tenant has said itself comes before"
                            + " what is said for all (*); for the same tenant deny comes first, for all allow does.",
                    otherwise = "none")
            ListFile allow,

            @OptionDoc(value = "What is on it is quarantined.", otherwise = "none")
            ListFile deny,

            @OptionDoc(
                    value = "An expression over the event, verdict, label and rule: where it is true, the verdict is"
                            + " recorded and nobody acts on it. true: of every event.",
                    otherwise = "every verdict is acted on")
            String monitor)
            implements StepConfig {
        public Config {
            labels = labels == null ? Map.of() : labels;
            boolean brief = new RuleOptions(quarantine, labels, label, rules).isBrief();
            if (!brief && rules == null && allow == null && deny == null) {
                throw new IllegalArgumentException(
                        "expected rules, or at least one of quarantine, labels, label, allow and deny");
            }
            if (brief && rules != null) {
                throw new IllegalArgumentException(
                        "rules cannot stand beside quarantine, labels and label; write those as rules");
            }
        }

        @Override
        public Stage stage() {
            return Stage.DECIDE;
        }

        /** The rules that stand in the pipeline; null where they are a rule set, or a problem was reported. */
        public Decider own(Planning planning) {
            RuleOptions options = new RuleOptions(quarantine, labels, label, rules);
            return options.isRuleSet() ? null : options.plan(planning);
        }

        @Override
        public Step plan(Planning planning) {
            RuleOptions options = new RuleOptions(quarantine, labels, label, rules);
            Decider own = own(planning);
            Release release = options.isRuleSet() ? options.release(planning) : null;
            TenantLists.Source allowed = allow == null ? null : allow.plan("allow", planning);
            TenantLists.Source denied = deny == null ? null : deny.plan("deny", planning);
            boolean listed = allowed != null || denied != null;
            boolean free = add(options.isRuleSet(), listed, planning);
            Expression monitored = monitored(free, planning);
            if ((own == null && release == null) || !free || (monitor != null && monitored == null)) {
                return null;
            }
            Rules asked = release == null
                    ? new Rules(own, null, null, null)
                    : new Rules(null, options.isFollowed() ? options.watch() : null, release, planning.input());
            return new Decide(asked, listed ? new TenantLists(allowed, denied) : null, monitored);
        }

        /** Adds the fields; false where a name is taken. */
        private boolean add(boolean ruleSet, boolean listed, Planning planning) {
            Map<String, Schema> fields = new LinkedHashMap<>();
            fields.put("verdict", STRING);
            fields.put("label", NULLABLE);
            fields.put("rule", NULLABLE);
            if (ruleSet) {
                fields.put("rules", STRING);
            }
            if (listed) {
                fields.put("list_entry", NULLABLE);
            }
            List<String> names = new ArrayList<>(fields.keySet());
            if (monitor != null) {
                names.add("monitored"); // Added behind the check of its expression, which cannot read it.
            }
            List<String> taken = names.stream()
                    .filter(name -> planning.input().getField(name) != null)
                    .toList();
            if (!taken.isEmpty()) {
                planning.problem(
                        "", "adds " + String.join(", ", names) + "; already there: " + String.join(", ", taken));
                return false;
            }
            fields.forEach((name, type) -> planning.add("", name, type));
            return true;
        }

        private Expression monitored(boolean free, Planning planning) {
            if (monitor == null) {
                return null;
            }
            Schema decided = free ? planning.output() : planning.input();
            if (free) {
                planning.add("monitor", "monitored", BOOLEAN);
            }
            try {
                return Expression.check(monitor, decided, BOOLEAN);
            } catch (InvalidExpressionException e) {
                e.issues().forEach(issue -> planning.problem("monitor", issue));
                return null;
            }
        }
    }

    /**
     * What is asked.
     *
     * @param own the rules that stand in the pipeline; null where there is a rule set
     * @param watch null: they never change
     * @param planned the rule set
     * @param input the schema that a rule set is bound to
     */
    private record Rules(Decider own, Watch watch, Release planned, Schema input) implements Serializable {}

    private final Rules rules;
    private final TenantLists lists;
    private final Expression monitor;
    private final int added;
    private transient Serving<Decider> serving;
    private transient Evaluator monitored;

    /**
     * @param lists null: there are none
     * @param monitor over the values with those that the decision has added; null: every verdict is acted on
     */
    private Decide(Rules rules, TenantLists lists, Expression monitor) {
        this.rules = rules;
        this.lists = lists;
        this.monitor = monitor;
        this.added = 3 + (rules.planned() == null ? 0 : 1) + (lists == null ? 0 : 1) + (monitor == null ? 0 : 1);
    }

    /** Of the rule set that the newest events get. */
    @Override
    public String version() {
        if (rules.planned() == null) {
            return null;
        }
        try {
            return Serving.of(rules.planned(), null, files -> RuleSetKind.decider(files, rules.input()))
                    .at(Long.MAX_VALUE)
                    .ruleSet();
        } catch (InvalidArtifactException e) {
            throw new IllegalStateException("it was planned", e);
        }
    }

    @Override
    public Watch watch() {
        return rules.watch();
    }

    @Override
    public Release planned() {
        return rules.planned();
    }

    @Override
    public void take(Release release) throws InvalidArtifactException {
        serving = Serving.of(release, serving, files -> RuleSetKind.decider(files, rules.input()));
    }

    /** @throws IOException naming the file and the line, if a list cannot be read */
    @Override
    public void open() throws IOException, InvalidArtifactException {
        open(System::nanoTime);
    }

    void open(LongSupplier nanos) throws IOException, InvalidArtifactException {
        if (rules.planned() == null) {
            rules.own().open();
            serving = Serving.only(rules.own());
        } else {
            take(rules.planned());
        }
        if (lists != null) {
            lists.open(nanos);
        }
        monitored = monitor == null ? null : monitor.open();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        TenantLists.Match listed =
                lists == null ? null : lists.find(event.header().tenant(), event.values());
        Decider decider = serving.at(event.header().source().position().arrivalTime());
        Decision decision = listed == null ? decider.decide(event.values()) : Decision.of(listed);
        int at = event.values().length;
        Object[] values = event.widened(added);
        values[at++] = decision.verdict();
        values[at++] = decision.label();
        values[at++] = decision.rule();
        if (decider.ruleSet() != null) {
            values[at++] = decider.ruleSet();
        }
        if (lists != null) {
            values[at++] = listed == null ? null : listed.entry();
        }
        if (monitored != null) {
            values[at] = monitored.evaluate(values);
        }
        return event.withValues(values);
    }
}
