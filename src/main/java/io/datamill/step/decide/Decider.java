package io.datamill.step.decide;

import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;

/**
 * Rules that fit a schema: the first that is true decides. It travels as planned; one that is {@linkplain #open opened}
 * serves one thread.
 */
public final class Decider implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Schema BOOLEAN = Schema.create(Schema.Type.BOOLEAN);

    private final String ruleSet;
    private final ArrayList<Checked> rules;
    private transient Evaluator[] evaluators;
    private transient Decision[] decisions;

    /** What is decided where an expression is true. */
    record Checked(Expression when, Decision decision) implements Serializable {

        /** @param problems takes what is wrong with the expression */
        static Optional<Checked> of(Rule rule, Schema input, Consumer<String> problems) {
            Decision decision = new Decision(rule.verdict().word(), rule.label(), rule.name());
            return of(rule.when(), decision, input, problems);
        }

        /** @param problems takes what is wrong with the expression */
        static Optional<Checked> of(String when, Decision decision, Schema input, Consumer<String> problems) {
            try {
                return Optional.of(new Checked(Expression.check(when, input, BOOLEAN), decision));
            } catch (InvalidExpressionException e) {
                e.issues().forEach(problems);
                return Optional.empty();
            }
        }
    }

    /** @param ruleSet the rules' name and version; null: they are the pipeline's own */
    Decider(String ruleSet, List<Checked> rules) {
        this.ruleSet = ruleSet;
        this.rules = new ArrayList<>(rules);
    }

    /**
     * Checks rules against the schema of the events that they are for.
     *
     * @param problems takes a line for each mistake, with the rule's name and the place in its expression
     * @return null where a problem was reported
     */
    public static Decider plan(RuleSet rules, Schema input, Consumer<String> problems) {
        List<Checked> checked = new ArrayList<>();
        for (Rule rule : rules.rules()) {
            Checked.of(
                            rule,
                            input,
                            issue -> problems.accept(rules.identity() + ": rule '" + rule.name() + "': when: " + issue))
                    .ifPresent(checked::add);
        }
        return checked.size() == rules.rules().size() ? new Decider(rules.identity(), checked) : null;
    }

    /** The rule set's name and version; null where the rules are the pipeline's own. */
    public String ruleSet() {
        return ruleSet;
    }

    /** Plans the expressions: a millisecond each. */
    public void open() {
        evaluators = rules.stream().map(rule -> rule.when().open()).toArray(Evaluator[]::new);
        decisions = rules.stream().map(Checked::decision).toArray(Decision[]::new);
    }

    /**
     * What the first rule that is true says; pass where none is.
     *
     * @param values of the schema it was planned for
     * @throws RejectedEventException with reason EXPRESSION and the rule's name, where an expression that was asked has no
     *     value
     */
    public Decision decide(Object[] values) throws RejectedEventException {
        for (int i = 0; i < evaluators.length; i++) {
            if (isTrue(i, values)) {
                return decisions[i];
            }
        }
        return Decision.PASS;
    }

    private boolean isTrue(int rule, Object[] values) throws RejectedEventException {
        try {
            return (Boolean) evaluators[rule].evaluate(values);
        } catch (RejectedEventException e) {
            throw new RejectedEventException(e.reason(), "rule '" + decisions[rule].rule() + "': " + e.getMessage());
        }
    }
}
