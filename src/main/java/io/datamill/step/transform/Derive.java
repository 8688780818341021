package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.config.Whole;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds fields, each the value of an expression over the fields before the step. */
public final class Derive implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** @param fields the expression of each new field, in order; none sees another's */
    @VerbDoc(
            purpose = "Adds fields, each the value of a CEL expression over the fields before the step; none sees"
                    + " another of the same step. A date is a timestamp at midnight UTC, a decimal the nearest double, an"
                    + " enum a string.",
            signature =
                    "any fields → those, and boolean, long, double, string, bytes, timestamp, a record, array or map",
            errors = "EXPRESSION: an expression has no value, as of a division by zero, an index out of range or a key"
                    + " that is not there, or gives a text of more than 1,048,576 characters.",
            example = """
                    step: { derive: { kb: "size / 1024", title: "subject == null ? 'none' : subject.lowerAscii()" } }
                    fields: { size: long, subject: string? }
                    input:
                      - { size: 4096, subject: Hello }
                      - { size: 100, subject: null }
                    output:
                      - { size: 4096, subject: Hello, kb: 4, title: hello }
                      - { size: 100, subject: null, kb: 0, title: none }
                    """)
    public record Config(
            @Whole
            @OptionDoc("The expression of each new field. A field that may be null can only be compared, or"
                    + " used behind a guard such as subject != null && ... or subject == null ? ... : ...")
            Map<String, String> fields)
            implements StepConfig {
        public Config {
            if (fields == null || fields.isEmpty()) {
                throw new IllegalArgumentException("expected { name: \"expression\" } for at least one new field");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            List<Expression> expressions = new ArrayList<>();
            fields.forEach((name, source) -> {
                try {
                    Expression expression = Expression.check(source, planning.input(), null);
                    planning.add(name, name, expression.type());
                    expressions.add(expression);
                } catch (InvalidExpressionException e) {
                    e.issues().forEach(issue -> planning.problem(name, issue));
                }
            });
            return expressions.size() == fields.size() ? new Derive(expressions) : null;
        }
    }

    private final List<Expression> expressions;
    private transient Evaluator[] evaluators;

    private Derive(List<Expression> expressions) {
        this.expressions = expressions;
    }

    @Override
    public void open() {
        evaluators = expressions.stream().map(Expression::open).toArray(Evaluator[]::new);
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        Object[] before = event.values();
        Object[] values = event.widened(evaluators.length);
        for (int i = 0; i < evaluators.length; i++) {
            values[before.length + i] = evaluators[i].evaluate(before);
        }
        return event.withValues(values);
    }
}
