package io.datamill.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelProtoAbstractSyntaxTree;
import dev.cel.common.values.NullValue;
import dev.cel.expr.CheckedExpr;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import io.datamill.event.RejectedEventException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** An expression ready to run: one per subtask, from one thread. */
public final class Evaluator {
    private static final Pattern NO_OVERLOAD = Pattern.compile("^.*?( for function '[^']*').*$");
    private static final Pattern PREFIX = Pattern.compile("^evaluation error(?: at [^:]*:\\d+)?: ");

    private final String source;
    private final Program program;
    private final Fields fields;
    private final boolean nullable;
    private final boolean nullableElements;

    Evaluator(Expression expression) {
        this.source = expression.source();
        this.nullable = expression.type().isNullable();
        this.nullableElements = hasNullableElements(RecordTypes.present(expression.type()));
        this.fields = new Fields(expression.inputs());
        try {
            CheckedExpr checked = CheckedExpr.parseFrom(expression.checked());
            this.program = Language.runtime()
                    .createProgram(
                            CelProtoAbstractSyntaxTree.fromCheckedExpr(checked).getAst());
        } catch (IOException e) {
            throw new UncheckedIOException("expression " + source, e);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("expression " + source, e);
        }
    }

    /**
     * The expression's value for one event.
     *
     * @param values by position of the schema the expression was checked against
     * @return of the type {@link Expression#type()}; null for CEL's null
     * @throws RejectedEventException with reason EXPRESSION where it has no value: a division by zero, an index out of
     *     range, a key that is not there, a null where none may be, a text longer than {@value BoundedStrings#LONGEST}
     */
    public Object evaluate(Object[] values) throws RejectedEventException {
        fields.values = values;
        try {
            Object value = Values.toAvro(program.eval(fields));
            if ((value == null && !nullable) || (!nullableElements && holdsNull(value))) {
                throw new RejectedEventException("EXPRESSION", "null where none may be in: " + source);
            }
            if (value instanceof String text && text.length() > BoundedStrings.LONGEST) {
                throw new RejectedEventException(
                        "EXPRESSION", "a text of more than " + BoundedStrings.LONGEST + " characters in: " + source);
            }
            return value;
        } catch (CelEvaluationException e) {
            throw new RejectedEventException("EXPRESSION", reason(e) + " in: " + source);
        }
    }

    /** What CEL's types cannot tell: it has no nullable records and timestamps. */
    private static boolean holdsNull(Object value) {
        return value instanceof List<?> list
                ? list.contains(null)
                : value instanceof Map<?, ?> map && map.containsValue(null);
    }

    private static boolean hasNullableElements(Schema type) {
        return switch (type.getType()) {
            case ARRAY -> type.getElementType().isNullable();
            case MAP -> type.getValueType().isNullable();
            default -> true;
        };
    }

    private static String reason(CelEvaluationException e) {
        if (e.getErrorCode() == CelErrorCode.DIVIDE_BY_ZERO) {
            return "division by zero";
        }
        String message = String.valueOf(e.getMessage());
        if (e.getErrorCode() == CelErrorCode.OVERLOAD_NOT_FOUND) {
            return "null or a value of the wrong type"
                    + NO_OVERLOAD.matcher(message).replaceAll("$1");
        }
        return PREFIX.matcher(message).replaceAll("");
    }

    /** The current event's fields, converted only when the expression asks for one. */
    private static final class Fields implements CelVariableResolver {
        private final List<Expression.Input> inputs;
        private Object[] values;

        Fields(List<Expression.Input> inputs) {
            this.inputs = inputs;
        }

        @Override
        public Optional<Object> find(String name) {
            for (int i = 0; i < inputs.size(); i++) {
                Expression.Input input = inputs.get(i);
                if (input.name().equals(name)) {
                    return Optional.of(Values.toCel(values[input.position()], input.schema()));
                }
            }
            return NullBranches.isNull(name) ? Optional.of(NullValue.NULL_VALUE) : Optional.empty();
        }
    }
}
