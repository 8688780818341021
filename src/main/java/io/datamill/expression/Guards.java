package io.datamill.expression;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of values, such as {@code geo.country}, and what a condition says about them. */
final class Guards {
    private Guards() {}

    static Optional<String> path(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> Optional.of(expr.ident().name());
            case SELECT ->
                path(expr.select().operand())
                        .map(operand -> operand + '.' + expr.select().field());
            default -> Optional.empty();
        };
    }

    static boolean startsAt(String path, String name) {
        return path.equals(name) || path.startsWith(name + '.');
    }

    /** The paths that cannot be null where the condition has come out as {@code outcome}. */
    static Set<String> notNullWhen(CelExpr condition, boolean outcome) {
        if (condition.getKind() != Kind.CALL) {
            return Set.of();
        }
        List<CelExpr> args = condition.call().args();
        Operator operator = Operator.findReverse(condition.call().function()).orElse(Operator.ADD);
        return switch (operator) {
            case LOGICAL_NOT -> notNullWhen(args.get(0), !outcome);
            case LOGICAL_AND, LOGICAL_OR -> {
                Set<String> left = notNullWhen(args.get(0), outcome);
                Set<String> right = notNullWhen(args.get(1), outcome);
                yield outcome == (operator == Operator.LOGICAL_AND)
                        ? union(left, right)
                        : left.stream().filter(right::contains).collect(Collectors.toSet());
            }
            case NOT_EQUALS -> compared(args, !outcome);
            case EQUALS -> compared(args, outcome);
            default -> Set.of();
        };
    }

    private static Set<String> compared(List<CelExpr> sides, boolean equal) {
        for (int i = 0; i < 2; i++) {
            CelExpr constant = sides.get(i);
            if (constant.getKind() == Kind.CONSTANT
                    && equal != (constant.constant().getKind() == CelConstant.Kind.NULL_VALUE)) {
                return path(sides.get(1 - i)).map(Set::of).orElse(Set.of());
            }
        }
        return Set.of();
    }

    static Set<String> union(Set<String> left, Set<String> right) {
        return Stream.concat(left.stream(), right.stream()).collect(Collectors.toUnmodifiableSet());
    }
}
