package io.datamill.step.transform;

import io.datamill.config.OptionDoc;
import io.datamill.config.VerbDoc;
import io.datamill.event.Event;
import io.datamill.event.RejectedEventException;
import io.datamill.expression.Evaluator;
import io.datamill.expression.Expression;
import io.datamill.expression.InvalidExpressionException;
import io.datamill.schema.TypeText;
import io.datamill.step.Planning;
import io.datamill.step.Stage;
import io.datamill.step.StatelessStep;
import io.datamill.step.Step;
import io.datamill.step.StepConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Names the way that an event goes; sinks choose by it with their option {@code routes}. */
public final class Route implements StatelessStep {
    private static final long serialVersionUID = 1L;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** The routes, asked in their order. */
    @VerbDoc(
            purpose = "Adds the field route: the name of the first route whose expression is true. A sink gets only the"
                    + " events of the routes that its option routes names.",
            signature = "boolean expressions → enum",
            errors = "EXPRESSION: an expression has no value, as of a division by zero.",
            example = """
                    step: { route: { routes: { fraud: "score < 0.2", ok: "score > 0.8" }, otherwise: review } }
                    fields: { score: double }
                    input: [ { score: 0.1 }, { score: 0.9 }, { score: 0.5 } ]
                    output:
                      - { score: 0.1, route: fraud }
                      - { score: 0.9, route: ok }
                      - { score: 0.5, route: review }
                    """)
    public record Config(
            @OptionDoc("The expression of each route by its name, which is letters, digits and _, no digit in front;"
                    + " boolean and never null.")
                    Map<String, String> routes,
            @OptionDoc(value = "The route where no expression is true; may be one of them.", otherwise = "other")
                    String otherwise)
            implements StepConfig {
        public Config {
            if (routes == null || routes.isEmpty()) {
                throw new IllegalArgumentException("routes is missing; give at least one name and its expression");
            }
            otherwise = otherwise == null ? "other" : otherwise;
            for (String name : routes.keySet()) {
                check("routes", name);
            }
            check("otherwise", otherwise);
        }

        private static void check(String option, String name) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(option + ": '" + name
                        + "' is no name for a route: letters, digits and _, no digit in front");
            }
        }

        @Override
        public Stage stage() {
            return Stage.TRANSFORM;
        }

        @Override
        public Step plan(Planning planning) {
            List<Expression> expressions = new ArrayList<>();
            routes.forEach((name, source) -> {
                try {
                    expressions.add(
                            Expression.check(source, planning.input(), Schema.create(Schema.Type.BOOLEAN)));
                } catch (InvalidExpressionException e) {
                    e.issues().forEach(issue -> planning.problem("routes." + name, issue));
                }
            });
            Set<String> names = new LinkedHashSet<>(routes.keySet());
            names.add(otherwise);
            Schema type = TypeText.parse("enum(" + String.join(",", names) + ")");
            planning.add("", "route", type);
            return expressions.size() == routes.size()
                    ? new Route(expressions, type, new ArrayList<>(names).indexOf(otherwise))
                    : null;
        }
    }

    private final List<Expression> expressions;
    private final Schema type;
    private final int otherwise;
    private transient Evaluator[] evaluators;
    private transient GenericData.EnumSymbol[] symbols;

    private Route(List<Expression> expressions, Schema type, int otherwise) {
        this.expressions = expressions;
        this.type = type;
        this.otherwise = otherwise;
    }

    @Override
    public void open() {
        evaluators = expressions.stream().map(Expression::open).toArray(Evaluator[]::new);
        symbols = type.getEnumSymbols().stream()
                .map(name -> new GenericData.EnumSymbol(type, name))
                .toArray(GenericData.EnumSymbol[]::new);
    }

    @Override
    public Event apply(Event event) throws RejectedEventException {
        int route = 0;
        while (route < evaluators.length && !(Boolean) evaluators[route].evaluate(event.values())) {
            route++;
        }
        Object[] values = event.widened(1);
        values[values.length - 1] = symbols[route < evaluators.length ? route : otherwise];
        return event.withValues(values);
    }
}
