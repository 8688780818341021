package io.datamill.expression;

import java.io.Serializable;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A CEL expression over one record's fields, checked against its schema. It travels as the checked syntax tree and is
 * planned where it runs.
 *
 * <p>Every top-level field is a variable. Timestamps are CEL timestamps: {@code received_at - sent_at} is a duration.
 * A field that may be null can be compared ({@code spf == null}, {@code spf != 'pass'}); anywhere else the checker
 * asks for a guard, such as {@code spf != null && spf.startsWith('p')}.
 *
 * @param type what {@link Evaluator#evaluate} gives: boolean, long, double, string, bytes, timestamp-millis, a record of
 *     the input, or an array or map of these, in a union with null where it may be null
 * @param checked a serialized dev.cel.expr.CheckedExpr
 * @param inputs the fields it reads
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a protobuf message would bring its own pitfalls.
public record Expression(String source, Schema type, byte[] checked, List<Input> inputs) implements Serializable {

    /**
     * Parses and type-checks an expression.
     *
     * @param record the schema of the values it will be given
     * @param expected the type its value has to have, or null for any; a value that may be null fits only where it says
     *     so
     * @throws InvalidExpressionException with every mistake found
     */
    public static Expression check(String source, Schema record, Schema expected) throws InvalidExpressionException {
        return new Checker(source, record).check(expected);
    }

    /** Plans it for one subtask; a matter of a millisecond. */
    public Evaluator open() {
        return new Evaluator(this);
    }

    /** A field the expression reads. */
    record Input(String name, int position, Schema schema) implements Serializable {}
}
