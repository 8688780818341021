package io.datamill.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/**
 * Finds where a null would reach an operator or function that takes none. CEL's checker lets {@code nullable_int + 1}
 * pass and fails when it runs. A value is known not to be null behind a guard: {@code x != null && x > 1}, {@code x ==
 * null || x > 1}, {@code x == null ? 0 : x}.
 */
final class Nullability {
    private final CelAbstractSyntaxTree ast;
    private final RecordTypes types;
    private final Schema record;
    private final Wording wording;
    private final List<String> issues = new ArrayList<>();

    Nullability(CelAbstractSyntaxTree ast, RecordTypes types, Schema record, Wording wording) {
        this.ast = ast;
        this.types = types;
        this.record = record;
        this.wording = wording;
    }

    /** Whether the whole expression may give null. */
    boolean check() {
        return visit(ast.getExpr(), Set.of());
    }

    List<String> issues() {
        return issues;
    }

    /**
     * @param known paths that are not null here
     * @return whether the value may be null
     */
    private boolean visit(CelExpr expr, Set<String> known) {
        return switch (expr.getKind()) {
            case CALL -> call(expr, known);
            case SELECT -> select(expr, known);
            case IDENT -> mayBeNull(expr) && !known.contains(expr.ident().name());
            case COMPREHENSION -> comprehension(expr.comprehension(), known);
            case LIST -> {
                expr.list().elements().forEach(element -> visit(element, known));
                yield false;
            }
            case MAP -> {
                expr.map().entries().forEach(entry -> visit(entry.value(), known));
                yield false;
            }
            default -> mayBeNull(expr);
        };
    }

    private boolean select(CelExpr expr, Set<String> known) {
        if (expr.select().testOnly()) {
            issues.add(wording.at(ast, expr, "has() is true for a null as well; write x != null"));
        }
        require(expr.select().operand(), known);
        return mayBeNull(expr) && !known.contains(Guards.path(expr).orElse(""));
    }

    private boolean call(CelExpr expr, Set<String> known) {
        CelCall call = expr.call();
        Optional<Operator> operator = Operator.findReverse(call.function());
        if (operator.isEmpty()) {
            return requireAll(expr, known);
        }
        List<CelExpr> args = call.args();
        switch (operator.get()) {
            case EQUALS, NOT_EQUALS -> args.forEach(arg -> visit(arg, known));
            case IN -> {
                visit(args.get(0), known);
                require(args.get(1), known);
            }
            case LOGICAL_AND, LOGICAL_OR -> {
                boolean and = operator.get() == Operator.LOGICAL_AND;
                require(args.get(0), known);
                require(args.get(1), Guards.union(known, Guards.notNullWhen(args.get(0), and)));
            }
            case CONDITIONAL -> {
                require(args.get(0), known);
                boolean yes = visit(args.get(1), Guards.union(known, Guards.notNullWhen(args.get(0), true)));
                boolean no = visit(args.get(2), Guards.union(known, Guards.notNullWhen(args.get(0), false)));
                return yes || no;
            }
            default -> {
                return requireAll(expr, known);
            }
        }
        return false;
    }

    private boolean requireAll(CelExpr expr, Set<String> known) {
        expr.call().target().ifPresent(target -> require(target, known));
        expr.call().args().forEach(arg -> require(arg, known));
        return mayBeNull(expr);
    }

    private boolean comprehension(CelComprehension loop, Set<String> known) {
        require(loop.iterRange(), known);
        Set<String> inner = known.stream()
                .filter(path -> !Guards.startsAt(path, loop.iterVar()) && !Guards.startsAt(path, loop.accuVar()))
                .collect(Collectors.toUnmodifiableSet());
        visit(loop.accuInit(), inner);
        visit(loop.loopCondition(), inner);
        visit(loop.loopStep(), inner);
        return visit(loop.result(), inner);
    }

    private void require(CelExpr expr, Set<String> known) {
        if (visit(expr, known)) {
            String what = Guards.path(expr).map(path -> "'" + path + "'").orElse("this value");
            String guard = Guards.path(expr).orElse("x");
            issues.add(wording.at(
                    ast, expr, what + " may be null: impute it first, or guard it: " + guard + " != null ? ... : ..."));
        }
    }

    private boolean mayBeNull(CelExpr expr) {
        CelType type = ast.getType(expr.id()).orElse(SimpleType.DYN);
        return type instanceof NullableType || type.equals(SimpleType.NULL_TYPE) || bySchema(expr);
    }

    /** Records and timestamps have no nullable type in CEL: there the schema says it. */
    private boolean bySchema(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> {
                Schema.Field field = record.getField(expr.ident().name());
                yield field != null && RecordTypes.isNullable(field.schema());
            }
            case SELECT ->
                ast.getType(expr.select().operand().id())
                        .flatMap(types::record)
                        .map(nested -> nested.getField(expr.select().field()))
                        .filter(field -> RecordTypes.isNullable(field.schema()))
                        .isPresent();
            default -> false;
        };
    }
}
