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
import org.apache.avro.Schema;

/** Lets through the events for which an expression is true; the others are counted as filtered. */
public final class Filter implements StatelessStep {
    private static final long serialVersionUID = 1L;

    /** @param keep what has to be true of an event that goes on; never null for any event */
    @VerbDoc(
            purpose = "Lets through the events for which an expression is true; the others are counted as filtered.",
            signature = "boolean → the same fields",
            errors = "EXPRESSION: the expression has no value, as of a division by zero.",
            example = """
                    step: { filter: "!bot && (country == null || country != 'XX')" }
                    fields: { bot: boolean, country: string? }
                    input:
                      - { bot: false, country: null }
                      - { bot: true, country: DE }
                    output:
                      - { bot: false, country: null }
                    """)
    public record Config(
            @Whole @OptionDoc("What has to be true of an event that goes on: a CEL expression that is never null.")
            String keep)
            implements StepConfig {
        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            try {
                return new Filter(Expression.check(keep, planning.input(), Schema.create(Schema.Type.BOOLEAN)));
            } catch (InvalidExpressionException e) {
                e.issues().forEach(issue -> planning.problem("", issue));
                return null;
            }
        }
    }

    private final Expression keep;
    private transient Evaluator evaluator;

    private Filter(Expression keep) {
        this.keep = keep;
    }

    @Override
    public void open() {
        evaluator = keep.open();
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        return (Boolean) evaluator.evaluate(event.values()) ? event : null;
    }
}
