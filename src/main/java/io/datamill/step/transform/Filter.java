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
            signature = "boolean expression → the same fields",
            errors = "An expression that fails rejects the event: EXPRESSION.",
            example = """
                    step: { filter: "!bot && size > 100" }
                    fields: { bot: boolean, size: int }
                    input: [ { bot: false, size: 328 }, { bot: true, size: 328 }, { bot: false, size: 1 } ]
                    output: { bot: false, size: 328 }
                    """)
    public record Config(
            @OptionDoc("What has to be true of an event that goes on; of type boolean, never null.") @Whole
            String keep) implements StepConfig {
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
