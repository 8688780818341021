package io.datamill.cli.replay;

import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/** An expression over a reject, such as {@code reason == 'UNKNOWN_SCHEMA' && tenant == 'acme'}. */
final class Where implements Predicate<StoredReject> {
    private final Evaluator evaluator;

    private Where(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /**
     * Checks an expression.
     *
     * @param option that it was given with
     * @throws IllegalArgumentException for what is no expression over the fields of a reject
     */
    static Where of(String option, String source) {
        try {
            return new Where(Expression.check(source, StoredReject.SCHEMA, Schema.create(Schema.Type.BOOLEAN))
                    .open());
        } catch (InvalidExpressionException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean test(StoredReject stored) {
        try {
            return (Boolean) evaluator.evaluate(stored.values());
        } catch (RejectedEventException e) {
            throw new IllegalArgumentException(
                    "of the reject " + stored.id() + " of " + stored.reject().position() + ": " + e.getMessage(), e);
        }
    }
}
